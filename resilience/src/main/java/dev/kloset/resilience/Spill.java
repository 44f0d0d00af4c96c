package dev.kloset.resilience;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a restore needs later and has no room for: some bytes in memory, all others in a temporary file, which only this user can
 * read and which goes with {@link #close}. Bytes are kept until then. Safe for any number of threads.
 */
public final class Spill implements AutoCloseable {

    private final long memory;
    private long kept; // guarded by this, as all below
    private @Nullable FileChannel file;
    private long end;

    /** Keep up to {@code memory} bytes in memory. The file is made when more come. */
    public Spill(long memory) {
        this.memory = memory;
    }

    /** Bytes that are kept. */
    @FunctionalInterface
    public interface Kept {

        /** {@return the bytes} The caller leaves them as they are. Any number of times, until the spill is closed. */
        byte[] read() throws IOException;
    }

    /** {@return what gives these bytes again} The caller leaves them as they are. */
    public synchronized Kept keep(byte[] bytes) throws IOException {
        if (kept + bytes.length <= memory) {
            kept += bytes.length;
            return () -> bytes;
        }
        FileChannel to = file();
        long at = end;
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            to.write(rest, at + rest.position());
        }
        end += bytes.length;
        int length = bytes.length;
        return () -> read(to, at, length);
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            Path path = Files.createTempFile("kloset-spill-", ".tmp");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    private static byte[] read(FileChannel from, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (from.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
        }
        return bytes.array();
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
