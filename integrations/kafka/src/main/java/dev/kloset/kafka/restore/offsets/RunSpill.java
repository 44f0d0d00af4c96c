package dev.kloset.kafka.restore.offsets;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps the runs of offsets of windows with gaps: some in memory, the others in a temporary file. Safe for any number of threads. */
public final class RunSpill implements AutoCloseable {

    private final long memory;
    private long kept; // guarded by this, as all below
    private @Nullable FileChannel file;
    private long end;

    /** Keep up to {@code memory} bytes in memory. */
    public RunSpill(long memory) {
        this.memory = memory;
    }

    /** Bytes that were kept. */
    interface Kept {

        byte[] read() throws IOException;
    }

    synchronized Kept keep(byte[] bytes) throws IOException {
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
            Path path = Files.createTempFile("kloset-offsets-", ".tmp");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    private static byte[] read(FileChannel from, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (from.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("the temporary file of offsets ends too early");
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
