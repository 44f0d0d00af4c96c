package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Consumer;

/** Reports why a content could not be read, unless that is because the host has closed it. */
final class WatchedStream extends FilterInputStream {

    private final Consumer<IOException> report;
    private volatile boolean closed;

    private WatchedStream(InputStream in, Consumer<IOException> report) {
        super(in);
        this.report = report;
    }

    /**
     * {@return the opened content}
     *
     * @param report called by any number of threads
     */
    static InputStream open(Content content, Consumer<IOException> report) throws IOException {
        try {
            return new WatchedStream(content.open(), report);
        } catch (IOException | RuntimeException e) {
            report(e, report);
            throw e;
        }
    }

    private static void report(Exception e, Consumer<IOException> report) {
        if (!(e instanceof InterruptedIOException) && !Thread.currentThread().isInterrupted()) {
            report.accept(e instanceof IOException failure ? failure : new IOException(e));
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
            report(e, report);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
