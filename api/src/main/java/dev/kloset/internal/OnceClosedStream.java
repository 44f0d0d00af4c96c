package dev.kloset.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which only the first close counts, by whichever thread. */
public abstract class OnceClosedStream extends FilterInputStream {

    private boolean closed; // guarded by this

    /** An open stream that reads {@code in} and closes it. */
    protected OnceClosedStream(InputStream in) {
        super(in);
    }

    @Override
    public final void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        boolean well = false;
        try {
            super.close();
            well = true;
        } finally {
            closed(well);
        }
    }

    /**
     * The stream is closed. Called once.
     *
     * @param well whether closing it did not fail
     */
    protected abstract void closed(boolean well);
}
