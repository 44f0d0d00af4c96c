package dev.kloset.jdbc.restore;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong in a restore. Safe for any number of threads. */
final class Failures {

    private final String database;
    private @Nullable Exception first; // guarded by this, as all below
    private @Nullable IOException stop;
    private long count;

    Failures(String database) {
        this.database = database;
    }

    /** Count a failure. */
    synchronized void add(Exception failure) {
        count++;
        if (first == null) {
            first = failure;
        }
    }

    /** {@return the same exception, after which nothing more is tried; it is not counted yet} */
    synchronized IOException stop(IOException failure) {
        if (stop == null) {
            stop = failure;
        }
        return failure;
    }

    /** Throw if nothing more is to be tried. */
    synchronized void check() throws IOException {
        if (stop != null) {
            throw new ConnectorException(ErrorKind.OTHER, "not restored", stop);
        }
    }

    /** Throw if there was a failure: a host that only reports results would exit as if all were well. */
    synchronized void end() throws IOException {
        if (stop != null) {
            throw stop;
        }
        if (first != null) {
            throw new IOException("the restore into " + database + " is not complete: " + count
                    + (count == 1 ? " file" : " files") + " failed, the first because", first);
        }
    }
}
