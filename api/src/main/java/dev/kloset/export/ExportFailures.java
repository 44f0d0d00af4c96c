package dev.kloset.export;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a restore that is whole or none: a database without some of its rows is no restore, while Plakar prints the
 * errors of single records and exits with 0. Count the failures while records are handled, and {@link #end} fails the restore:
 *
 * {@snippet :
 * ExportFailures failures = new ExportFailures("db.example.org");
 * ParallelExport.with(4).forEach(records, results, record -> {
 *     failures.check();
 *     try {
 *         restore(record);
 *     } catch (IOException e) {
 *         failures.add(e);
 *         throw e;
 *     }
 * });
 * failures.end();
 * }
 *
 * <p>Safe for any number of threads.
 */
public final class ExportFailures {

    private final String destination;
    private @Nullable Exception first; // guarded by this, as all below
    private @Nullable IOException stop;
    private long count;

    /**
     * Nothing has failed yet.
     *
     * @param destination what is restored into, as sentences name it
     */
    public ExportFailures(String destination) {
        this.destination = Objects.requireNonNull(destination, "destination");
    }

    /** Count a failure. The first one is kept. */
    public synchronized void add(Exception failure) {
        count++;
        if (first == null) {
            first = failure;
        }
    }

    /**
     * {@return the same exception, after which nothing more is tried; it is not counted} As when the destination must not be touched.
     * The first one is kept.
     */
    public synchronized IOException stop(IOException failure) {
        if (stop == null) {
            stop = failure;
        }
        return failure;
    }

    /**
     * Return if more is to be tried.
     *
     * @throws IOException with the reason why not
     */
    public synchronized void check() throws IOException {
        if (stop != null) {
            throw new ConnectorException(ErrorKind.OTHER, "not restored", stop);
        }
    }

    /**
     * Return if nothing has failed.
     *
     * @throws IOException the one that stopped the restore, or the number of failures with the first of them
     */
    public synchronized void end() throws IOException {
        if (stop != null) {
            throw stop;
        }
        if (first != null) {
            throw new IOException("the restore into " + destination + " is not complete: " + count
                    + (count == 1 ? " file" : " files") + " failed, the first because", first);
        }
    }
}
