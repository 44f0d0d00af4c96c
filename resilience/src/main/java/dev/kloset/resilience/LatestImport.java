package dev.kloset.resilience;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the latest import of a connector uses: clients, connections, a moment that is held. It outlives the import, as contents are
 * opened after the listing, and ends when the next import begins or the connector is closed. Safe for any number of threads.
 *
 * @param <T> what an import uses
 */
public final class LatestImport<T extends Closeable> implements Closeable {

    private @Nullable T used; // guarded by this

    /** No import has begun. */
    public LatestImport() {}

    /**
     * {@return {@code next}, which is ours to close from now on} What the import before used is closed first.
     *
     * @throws IOException if that cannot be closed; {@code next} is closed then
     */
    public T begin(T next) throws IOException {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            try (next) {
                throw e;
            }
        }
        synchronized (this) {
            used = next;
        }
        return next;
    }

    /** Close what the latest import uses. Another import may begin afterwards. */
    @Override
    public void close() throws IOException {
        T last;
        synchronized (this) {
            last = used;
            used = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
