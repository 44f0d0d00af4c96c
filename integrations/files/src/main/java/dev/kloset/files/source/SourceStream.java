package dev.kloset.files.source;

import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.internal.BulkStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The content of an open file. Holes are not read from the disk. If it is closed while another thread reads, the close takes
 * effect when that read returns, so that the number of the descriptor cannot go to another file before.
 */
final class SourceStream extends BulkStream {

    // <unistd.h>
    private static final int SEEK_SET = 0;
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    /** The amount that is sent at once. */
    private static final int BUFFER_BYTES = 256 * 1024;

    /** As many buffers as threads that were reading at the same time. */
    private static final Queue<MemorySegment> BUFFERS = new ConcurrentLinkedQueue<>();

    private final SourceCalls calls;
    private final int descriptor;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean sparse; // guarded by lock
    private long position; // guarded by lock; while sparse
    private long dataStart; // guarded by lock; of the next part that is not a hole, or the end
    private long dataEnd; // guarded by lock
    private volatile boolean closed;
    private boolean released; // guarded by lock

    /** Read the file open as {@code descriptor}, which is closed with the stream. */
    SourceStream(SourceCalls calls, int descriptor, boolean sparse) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.sparse = sparse;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            if (closed) {
                throw new IOException("the file is closed");
            }
            return sparse ? readSparse(buffer, offset, length) : readData(buffer, offset, length);
        } finally {
            lock.unlock();
            if (closed) {
                release();
            }
        }
    }

    private int readSparse(byte[] buffer, int offset, int length) throws IOException {
        if (position >= dataEnd && !findData()) {
            return readData(buffer, offset, length);
        }
        if (position < dataStart) {
            int zeros = (int) Math.min(length, dataStart - position);
            Arrays.fill(buffer, offset, offset + zeros, (byte) 0);
            position += zeros;
            return zeros;
        }
        if (dataStart == dataEnd) {
            return -1;
        }
        int count = readData(buffer, offset, (int) Math.min(length, dataEnd - position));
        position += Math.max(count, 0);
        return count;
    }

    /** {@return whether the file system reports holes} */
    private boolean findData() {
        long end = calls.seek(descriptor, 0, SEEK_END); // ask for the end first: anything appended later is data
        long start = calls.seek(descriptor, position, SEEK_DATA);
        long hole = start < 0 ? start : calls.seek(descriptor, start, SEEK_HOLE);
        if (start == -Errno.ENXIO) {
            dataStart = Math.max(end, position);
            dataEnd = dataStart;
        } else if (hole <= start) {
            // The file system does not report holes, or failed; the read that follows meets the same failure.
            sparse = false;
            calls.seek(descriptor, position, SEEK_SET);
            return false;
        } else {
            dataStart = start;
            dataEnd = hole;
        }
        calls.seek(descriptor, dataStart, SEEK_SET);
        return true;
    }

    private int readData(byte[] buffer, int offset, int length) throws IOException {
        MemorySegment free = BUFFERS.poll();
        MemorySegment memory = free == null ? Arena.global().allocate(BUFFER_BYTES) : free;
        try {
            int count = calls.read(descriptor, memory.address(), Math.min(length, BUFFER_BYTES));
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, buffer, offset, count);
            return count == 0 ? -1 : count;
        } finally {
            BUFFERS.add(memory);
        }
    }

    @Override
    public void close() {
        closed = true;
        release();
    }

    /** Close the descriptor; if a thread is reading, that thread does so afterwards. */
    private void release() {
        if (lock.tryLock()) {
            try {
                if (!released) {
                    released = true;
                    calls.close(descriptor);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
