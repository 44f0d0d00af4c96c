package dev.kloset.wire.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Cuts the input into frames. Reads as much as there is at once and hands out frames in place. */
public final class FrameReader {

    /** Takes frames, on the thread that reads. */
    public interface Handler {
        /** Take a frame whose payload is in {@code buffer} until this returns. */
        void frame(int type, int flags, int stream, byte[] buffer, int offset, int length) throws ConnectionError;

        /** All frames that have come have been taken; the next ones may take long. */
        default void pause() {}
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAX_FRAME_BYTES = Frame.HEADER_BYTES + Frame.MAX_PAYLOAD;

    private final InputStream in;
    private final AtomicLong bytesMoved;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    public FrameReader(InputStream in, AtomicLong bytesMoved) {
        this.in = in;
        this.bytesMoved = bytesMoved;
    }

    /** {@return whether exactly these bytes came} Fails as soon as that can no longer be true, and at the end of input. */
    public boolean startsWith(byte[] expected) throws IOException {
        while (true) {
            int got = Math.min(end - start, expected.length);
            for (int i = 0; i < got; i++) {
                if (buffer[start + i] != expected[i]) {
                    return false;
                }
            }
            if (got == expected.length) {
                start += got;
                return true;
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /** {@return whether a SETTINGS frame begins here} Fails as soon as that can no longer be true, and at the end of input. */
    public boolean startsWithSettings() throws IOException {
        while (true) {
            int got = end - start;
            if (got > 0 && buffer[start] != 0 || got > 3 && buffer[start + 3] != Frame.SETTINGS
                    || got > 4 && buffer[start + 4] != 0) {
                return false;
            }
            if (got > 4) {
                return true;
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /** {@return whether all input has been taken} */
    public boolean isEmpty() {
        return start == end;
    }

    /** {@return the input that has not been taken, as printable text} */
    public String quote(int maxBytes) {
        StringBuilder text = new StringBuilder("\"");
        int stop = Math.min(end, start + maxBytes);
        for (int i = start; i < stop; i++) {
            int c = buffer[i] & 0xFF;
            if (c == '\n' && i == end - 1) {
                break; // the rest of a printed line means nothing
            }
            if (c >= ' ' && c < 0x7F) {
                text.append((char) c);
            } else {
                text.append(c == '\n' ? "\\n" : String.format("\\x%02x", c));
            }
        }
        return text.append(stop < end ? "\"..." : "\"").toString();
    }

    /** Hand out frames until the input ends between two frames. */
    public void readFrames(Handler handler) throws IOException {
        do {
            handOut(handler);
            handler.pause();
        } while (fill());
        if (!isEmpty()) {
            throw new EOFException("the stream ended inside a frame");
        }
    }

    private void handOut(Handler handler) throws ConnectionError {
        while (end - start >= Frame.HEADER_BYTES) {
            int length = Frame.int24(buffer, start);
            if (length > Frame.MAX_PAYLOAD) {
                throw ConnectionError.frameSize("a frame of " + length + " bytes");
            }
            int next = start + Frame.HEADER_BYTES + length;
            if (next > end) {
                return;
            }
            int at = start;
            start = next;
            handler.frame(buffer[at + 3] & 0xFF, buffer[at + 4] & 0xFF, Frame.int31(buffer, at + 5), buffer,
                    at + Frame.HEADER_BYTES, length);
        }
    }

    /** {@return false at the end of input} */
    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        } else if (buffer.length - start < MAX_FRAME_BYTES) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        bytesMoved.addAndGet(count);
        return true;
    }
}
