package dev.kloset.files;

import dev.kloset.FileInfo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/** Counts the times that no host could take, which have become the nearest ones that it can. For any number of threads. */
final class WalkTimes {

    // guarded by this
    private long count;
    private String first = "";

    /** Look at what was read of a file that is emitted: how a file system's time becomes one of ours, {@link Statx} decides. */
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

    /** Say at the end that there were some. */
    synchronized void sumUp(Logger log) {
        if (count > 0) {
            log.log(Level.WARNING,
                    "{0} times were out of range and were brought to the nearest that can be kept, the first of "
                            + "them that of {1}",
                    Long.toString(count), first);
        }
    }
}
