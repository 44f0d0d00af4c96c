package dev.kloset;

import java.io.IOException;
import java.io.InputStream;

/**
 * A part of an object.
 *
 * @param offset the first byte, counted from 0
 * @param length the number of bytes, at most 4,294,967,295: the wire has 32 bits for it
 */
public record Range(long offset, long length) {

    private static final long MAX_LENGTH = 0xFFFF_FFFFL;

    /** Refuse a range that the wire cannot carry. */
    public Range {
        if (offset < 0 || length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("no such range: offset " + offset + ", length " + length);
        }
    }

    /**
     * {@return this part of {@code whole}, skipping its beginning} For a {@link Store} whose backend cannot read a part. A range
     * that reaches past the end is truncated. Closing the part closes the whole.
     *
     * @throws IOException if skipping to the offset failed; then {@code whole} is closed
     */
    public InputStream of(InputStream whole) throws IOException {
        return RangeStream.open(whole, this);
    }
}
