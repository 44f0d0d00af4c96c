package dev.kloset.files.backup;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.Statx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Counts the times that a host could not accept and that were replaced by the nearest possible ones. Safe for any number of
 * threads.
 */
public final class WalkTimes {

    // guarded by this
    private long count;
    private String first = "";

    /** Check the metadata of an emitted file. {@link Statx} decides how a file system's time becomes one of ours. */
    void look(String pathname, FileInfo info) {
        Instant time = info.modTime();
        if (time.equals(Instant.MAX) || time.equals(Instant.MIN)) {
            add(pathname);
        }
    }

    private synchronized void add(String pathname) {
        first = count == 0 ? pathname : first;
        count++;
    }

    /** Report at the end if there were any. */
    synchronized void sumUp(Logger log) {
        if (count > 0) {
            log.log(Level.WARNING,
                    "{0} times were out of range and became the nearest that can be kept, the first of "
                            + "them that of {1}",
                    Long.toString(count), first);
        }
    }
}
