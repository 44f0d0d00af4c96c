package dev.kloset.wire.http2;

import dev.kloset.wire.frame.FrameBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** The only writer: takes everything that is pending, writes it, and looks again. Runs on a thread of its own. */
final class FrameWriter {

    private final SendQueue out;
    private final OutputStream stream;
    private final int maxWriteBytes;
    private final AtomicLong bytesMoved;
    private final Object closing = new Object();
    private boolean finished; // guarded by closing
    private boolean closeAtEnd; // guarded by closing

    FrameWriter(SendQueue out, OutputStream stream, int maxWriteBytes, AtomicLong bytesMoved) {
        this.bytesMoved = bytesMoved;
        this.out = out;
        this.stream = stream;
        this.maxWriteBytes = maxWriteBytes;
    }

    /** Write until sending is over. */
    void run() throws IOException {
        for (FrameBuffer frames = out.take(); frames != null; frames = out.take()) {
            write(frames);
        }
    }

    private void write(FrameBuffer frames) throws IOException {
        int at = 0;
        int end = out.beginWrite(maxWriteBytes);
        while (at < end) {
            stream.write(frames.bytes(), at, end - at);
            bytesMoved.addAndGet(end - at);
            at = end;
            end = out.beginWrite(maxWriteBytes);
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
            // Nothing is lost: everything that mattered was written, or writing failed before.
        }
    }
}
