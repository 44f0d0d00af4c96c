package dev.kloset.hadoop.store;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Warns of the size at which Plakar cannot work on a repository any more: it takes the list of all packfiles in one message, and
 * one of more than 4 MiB is refused. Backups go on, but what removes unused packfiles fails. Safe for any number of threads.
 */
final class PackfileCeiling {

    private static final int WARN_FROM = 100_000;
    private static final String MOST = "123,361";

    private final AtomicBoolean warned = new AtomicBoolean();

    /** Say it once in the life of a process. */
    void look(int packfiles, String name) {
        String warning = warning(packfiles, name);
        if (warning != null && !warned.getAndSet(true)) {
            System.getLogger("dev.kloset.hadoop").log(Level.WARNING, warning);
        }
    }

    static @Nullable String warning(int packfiles, String name) {
        return packfiles < WARN_FROM
                ? null
                : "the repository at " + name + " has " + packfiles + " packfiles; Plakar can list " + MOST
                        + ", which is some 7.5 TiB, and cannot clean up a larger repository: begin another one before that";
    }
}
