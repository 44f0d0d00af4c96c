package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Tells a watch about the life of a content. */
final class WatchedStream extends FilterInputStream {

    private final ContentWatch watch;
    private volatile boolean closed;

    private WatchedStream(InputStream in, ContentWatch watch) {
        super(in);
        this.watch = watch;
    }

    static InputStream open(Content content, ContentWatch watch) throws IOException {
        watch.opened();
        boolean opened = false;
        try {
            InputStream stream = new WatchedStream(content.open(), watch);
            opened = true;
            return stream;
        } catch (IOException | RuntimeException e) {
            report(e, watch);
            throw e;
        } finally {
            if (!opened) {
                watch.closed();
            }
        }
    }

    private static void report(Exception e, ContentWatch watch) {
        if (!(e instanceof InterruptedIOException) && !Thread.currentThread().isInterrupted()) {
            watch.failed(e instanceof IOException failure ? failure : new IOException(e));
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(Exception e) {
        if (!closed) {
            report(e, watch);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            super.close();
        } finally {
            watch.closed();
        }
    }
}
