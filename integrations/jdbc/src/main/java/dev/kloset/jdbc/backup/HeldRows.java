package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a part that was read before it was emitted. They stay in memory until the host has acknowledged them, or until they are
 * dropped; then opening them asks the database again. Safe for any number of threads.
 */
final class HeldRows implements Content {

    /** The rows, asked for again. */
    @FunctionalInterface
    interface Again {

        /**
         * {@return the rows} A read throws if they are not those of before.
         */
        InputStream open(Digest digest) throws IOException;
    }

    private final long size;
    private final Digest digest;
    private final Again again;
    private byte @Nullable [] rows; // guarded by this
    private boolean isOpened; // guarded by this

    HeldRows(byte[] rows, Again again) {
        this.size = rows.length;
        this.digest = Digest.of(rows);
        this.rows = rows;
        this.again = again;
    }

    long size() {
        return size;
    }

    Digest digest() {
        return digest;
    }

    @Override
    public InputStream open() throws IOException {
        byte[] inMemory;
        synchronized (this) {
            inMemory = rows;
            isOpened |= inMemory != null;
        }
        return inMemory == null ? again.open(digest) : new ByteArrayInputStream(inMemory);
    }

    /** {@return whether the memory is free now: rows that the host has opened stay} */
    synchronized boolean drop() {
        if (!isOpened) {
            rows = null;
        }
        return rows == null;
    }

    /** The host needs the rows no more. */
    synchronized void forget() {
        rows = null;
    }
}
