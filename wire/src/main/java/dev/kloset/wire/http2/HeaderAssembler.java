package dev.kloset.wire.http2;

import java.util.Arrays;

/** Puts the pieces of a header block together: HEADERS and the CONTINUATIONs that must follow without a gap. */
final class HeaderAssembler {

    private static final int MAX_PIECES = 64;

    private final int maxBytes;
    private byte[] block = new byte[0];
    private int size;
    private int pieces;
    private int stream;
    private boolean endStream;

    HeaderAssembler(int maxListBytes) {
        // Encoded fields are hardly ever longer than decoded ones; what comes in one frame is taken anyway.
        this.maxBytes = Math.addExact(maxListBytes, Frame.MAX_PAYLOAD);
    }

    boolean isOpen() {
        return pieces > 0;
    }

    int stream() {
        return stream;
    }

    boolean endStream() {
        return endStream;
    }

    byte[] block() {
        return block;
    }

    int size() {
        return size;
    }

    void begin(int ofStream, boolean ends, byte[] buffer, int offset, int length) throws ConnectionError {
        stream = ofStream;
        endStream = ends;
        size = 0;
        add(buffer, offset, length);
    }

    void add(byte[] buffer, int offset, int length) throws ConnectionError {
        if (++pieces > MAX_PIECES || length > maxBytes - size) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a header block that does not end");
        }
        if (block.length - size < length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, size + length));
        }
        System.arraycopy(buffer, offset, block, size, length);
        size += length;
    }

    void close() {
        pieces = 0;
    }
}
