package dev.kloset.wire.http2;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** The only one who writes: takes whatever has piled up, writes it, looks again. Runs on a thread of its own. */
final class FrameWriter {

    private final Outbound out;
    private final OutputStream stream;
    private final int maxWriteBytes;
    private final AtomicLong bytesMoved;
    private final Object closing = new Object();
    private boolean finished; // guarded by closing
    private boolean closeAtEnd; // guarded by closing

    FrameWriter(Outbound out, OutputStream stream, int maxWriteBytes, AtomicLong bytesMoved) {
        this.bytesMoved = bytesMoved;
        this.out = out;
        this.stream = stream;
        this.maxWriteBytes = maxWriteBytes;
    }

    /** Write until sending is over. */
    void run() throws IOException {
        FrameBuffer empty = out.newBuffer();
        FrameBuffer full = out.take(empty);
        while (full != null) {
            write(full);
            full.clear();
            full = out.take(full);
        }
    }

    private void write(FrameBuffer frames) throws IOException {
        for (int at = 0; at < frames.size(); at += maxWriteBytes) {
            int count = Math.min(maxWriteBytes, frames.size() - at);
            stream.write(frames.bytes(), at, count);
            bytesMoved.addAndGet(count);
        }
        stream.flush();
    }

    /** Nothing more will be written. */
    void finish() {
        synchronized (closing) {
            finished = true;
            if (!closeAtEnd) {
                return;
            }
        }
        closeStream();
    }

    /** Close the stream as soon as nothing is being written. Does not wait: the other end may not be reading. */
    void close() {
        synchronized (closing) {
            if (closeAtEnd) {
                return;
            }
            closeAtEnd = true;
            if (!finished) {
                return;
            }
        }
        closeStream();
    }

    private void closeStream() {
        try {
            stream.close();
        } catch (IOException _) {
            // Nothing is lost: all that mattered was written, or writing has failed before.
        }
    }
}
