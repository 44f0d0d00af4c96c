package dev.kloset.wire.frame;

import java.util.Arrays;

/** Puts the pieces of a header block together: HEADERS and the CONTINUATIONs that must follow without a gap. */
public final class HeaderAssembler {

    private static final int MAX_PIECES = 64;

    private final int maxBytes;
    private byte[] block = new byte[0];
    private int size;
    private int pieces;
    private int stream;
    private boolean endStream;

    public HeaderAssembler(int maxListBytes) {
        // Encoded fields are hardly ever longer than decoded ones; a single frame is accepted in any case.
        this.maxBytes = Math.addExact(maxListBytes, Frame.MAX_PAYLOAD);
    }

    public boolean isOpen() {
        return pieces > 0;
    }

    public int stream() {
        return stream;
    }

    public boolean endStream() {
        return endStream;
    }

    public byte[] block() {
        return block;
    }

    public int size() {
        return size;
    }

    public void begin(int ofStream, boolean ends, byte[] buffer, int offset, int length) throws ConnectionError {
        stream = ofStream;
        endStream = ends;
        size = 0;
        add(buffer, offset, length);
    }

    public void add(byte[] buffer, int offset, int length) throws ConnectionError {
        if (++pieces > MAX_PIECES || length > maxBytes - size) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a header block that does not end");
        }
        if (block.length - size < length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, size + length));
        }
        System.arraycopy(buffer, offset, block, size, length);
        size += length;
    }

    public void close() {
        pieces = 0;
    }
}
