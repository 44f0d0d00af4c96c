package dev.kloset.files.store;

import dev.kloset.Range;
import dev.kloset.internal.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object or a part of one. A range may extend beyond the end of the object, which is not an error. For one thread at a
 * time; an object that is deleted or replaced meanwhile is read to its old end.
 */
final class StoreObjectStream extends BulkStream {

    private final FileChannel file;
    private long remaining;

    private StoreObjectStream(FileChannel file, long remaining) {
        this.file = file;
        this.remaining = remaining;
    }

    /** {@return the bytes of {@code object} in {@code range}, or all of them} The caller closes the stream. */
    static InputStream open(Path object, @Nullable Range range) throws IOException {
        FileChannel file = FileChannel.open(object, StandardOpenOption.READ);
        if (range == null) {
            return new StoreObjectStream(file, Long.MAX_VALUE);
        }
        try {
            // Never seek beyond the end: file systems refuse positions larger than their largest file.
            long remaining = Math.min(range.length(), Math.max(0, file.size() - range.offset()));
            file.position(remaining == 0 ? 0 : range.offset());
            return new StoreObjectStream(file, remaining);
        } catch (IOException | RuntimeException e) {
            try (file) {
                throw e;
            }
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int count = file.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, remaining)));
        remaining = count < 0 ? 0 : remaining - count;
        return count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
