package dev.kloset.files.restore.node;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The directories of a restore that stay open between two uses: those that were used last, and no more than the process may spare. Its
 * monitor guards everything known about the directories. For any number of threads.
 */
final class OpenDirectories {

    private final int most;
    private final SequencedSet<KnownDirectory> directories = new LinkedHashSet<>(); // guarded by this; the last one is the last used

    /** @param most how many stay open, at least one */
    OpenDirectories(int most) {
        this.most = most;
    }

    /** Let {@code directory}, which is open, stay so: it has just been used. The one that was not used for longest may be closed. */
    synchronized void keep(KnownDirectory directory) {
        if (!directories.contains(directory)) {
            directory.stayOpen();
        }
        directories.addLast(directory);
        if (directories.size() > most) {
            directories.removeFirst().rest();
        }
    }

    /** Close {@code directory}, if it has stayed open, as soon as nothing uses it. It is not needed again. */
    synchronized void remove(KnownDirectory directory) {
        if (directories.remove(directory)) {
            directory.end();
        }
    }
}
