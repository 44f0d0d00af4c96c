package dev.kloset.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream that gives one byte at a time and lets a test act before each. */
public final class ByteByByte extends InputStream {

    /** What happens before a byte. */
    @FunctionalInterface
    public interface Step {
        /** {@return the byte at {@code position}, or -1 at the end} */
        int at(long position) throws IOException;
    }

    private final Step step;
    private long position;

    public ByteByByte(Step step) {
        this.step = step;
    }

    @Override
    public int read() throws IOException {
        return step.at(position++);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int next = length == 0 ? 0 : read();
        if (length == 0 || next < 0) {
            return next;
        }
        bytes[offset] = (byte) next;
        return 1;
    }
}
