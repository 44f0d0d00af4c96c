package dev.kloset.jdbc.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of lines where a number of them ends. For one thread. */
final class LineCutter implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;

    LineCutter(InputStream in) {
        this.in = in;
    }

    /** Some lines, each with its end. */
    static final class Lines {

        private final byte[] bytes;
        private final long count;

        private Lines(byte[] bytes, long count) {
            this.bytes = bytes;
            this.count = count;
        }

        /** {@return the lines, which are not copied} */
        byte[] bytes() {
            return bytes;
        }

        long count() {
            return count;
        }
    }

    /**
     * {@return the next lines; null if they are longer than {@code most} bytes, after which the cutter is of no more use}
     *
     * @param count how many; fewer at the end of the stream
     */
    @Nullable
    Lines take(long count, long most) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        long left = count;
        while (left > 0 && fill()) {
            int from = position;
            while (position < end && left > 0) {
                left -= buffer[position++] == '\n' ? 1 : 0;
            }
            if (lines.size() + position - from > most) {
                return null;
            }
            lines.write(buffer, from, position - from);
        }
        return new Lines(lines.toByteArray(), count - left);
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return position < end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
