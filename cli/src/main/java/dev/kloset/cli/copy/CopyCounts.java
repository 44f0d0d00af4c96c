package dev.kloset.cli.copy;

import java.util.concurrent.atomic.AtomicLong;

/** What a copy has done so far. The copy writes the counts; any thread may read them at any time. */
public final class CopyCounts {

    final AtomicLong files = new AtomicLong();
    final AtomicLong directories = new AtomicLong();
    final AtomicLong symlinks = new AtomicLong();
    final AtomicLong specials = new AtomicLong();
    final AtomicLong xattrs = new AtomicLong();
    final AtomicLong xattrsLeftOut = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong sizeDifferences = new AtomicLong();
    final AtomicLong errors = new AtomicLong();

    CopyCounts() {}

    /** {@return regular files that the destination has confirmed} */
    public long files() {
        return files.get();
    }

    /** {@return directories that the destination has confirmed, each once} */
    public long directories() {
        return directories.get();
    }

    /** {@return symbolic links that the destination has confirmed} */
    public long symlinks() {
        return symlinks.get();
    }

    /** {@return devices, pipes and sockets that the destination has confirmed} */
    public long specials() {
        return specials.get();
    }

    /** {@return extended attributes that the destination has confirmed} */
    public long xattrs() {
        return xattrs.get();
    }

    /** {@return extended attributes that the destination does not take} These are not errors: the destination never supported them. */
    public long xattrsLeftOut() {
        return xattrsLeftOut.get();
    }

    /** {@return bytes of content handed to the destination, confirmed or not} */
    public long bytes() {
        return bytes.get();
    }

    /**
     * {@return files whose content was shorter or longer than their record said} These are not errors: the files may have
     * changed meanwhile.
     */
    public long sizeDifferences() {
        return sizeDifferences.get();
    }

    /** {@return records that failed, on either side} */
    public long errors() {
        return errors.get();
    }
}
