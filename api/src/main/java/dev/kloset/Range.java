package dev.kloset;

import java.io.IOException;
import java.io.InputStream;

/**
 * A part of an object.
 *
 * @param offset first byte, from 0
 * @param length bytes, at most 4,294,967,295: the wire has 32 bits for it
 */
public record Range(long offset, long length) {

    private static final long MAX_LENGTH = 0xFFFF_FFFFL;

    /** Refuse what the wire cannot carry. */
    public Range {
        if (offset < 0 || length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("no such range: offset " + offset + ", length " + length);
        }
    }

    /**
     * {@return this part of {@code whole}, read off its beginning} For a {@link Store} that cannot ask its backend for
     * less. A range that reaches past the end is cut. Closing the part closes the whole.
     *
     * @throws IOException if skipping to the offset failed; then {@code whole} is closed
     */
    public InputStream of(InputStream whole) throws IOException {
        return RangeStream.open(whole, this);
    }
}
