package dev.kloset.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe in memory, as narrow and as slow as its {@link PipeManner} says. One reader, one writer.
 *
 * <p>A write that does not fit lends its bytes: the reader takes them where they are, and when the rest fits into the pipe it
 * moves there and the writer goes on. Both ends see what they see of a pipe that the writer fills again and again, but the
 * threads wake each other once for a write and not once for every 37 bytes. So a narrow pipe costs neither time where a
 * thread is slow to wake nor a processor that others need.
 */
final class MemoryPipe {

    private static final byte[] NOTHING = {};

    private final PipeManner manner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition written = lock.newCondition();
    // guarded by lock
    private final byte[] bytes;
    private int start;
    private int count;
    private byte[] lent = NOTHING;
    private int lentAt;
    private int lentEnd;
    private long taken;
    private boolean writerClosed;
    private boolean readerClosed;

    MemoryPipe(PipeManner manner) {
        this.manner = manner;
        this.bytes = new byte[manner.capacity()];
    }

    InputStream in() {
        return new In();
    }

    OutputStream out() {
        return new Out();
    }

    /** Both ends are gone, as after the death of a process. */
    void cut() {
        close(true, true);
    }

    private void close(boolean writer, boolean reader) {
        lock.lock();
        try {
            writerClosed |= writer;
            readerClosed |= reader;
            readable.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnded() {
        return readerClosed || writerClosed;
    }

    /** Move what is lent into the pipe, as much as fits. The writer goes on when nothing is lent any more. */
    private void moveIn() {
        while (lentAt < lentEnd && count < bytes.length) {
            int end = (start + count) % bytes.length;
            int size = Math.min(Math.min(lentEnd - lentAt, bytes.length - count), bytes.length - end);
            System.arraycopy(lent, lentAt, bytes, end, size);
            lentAt += size;
            count += size;
        }
    }

    private int take(byte[] target, int offset, int length) {
        int size = Math.min(Math.min(length, manner.maxRead()), Math.min(count, bytes.length - start));
        System.arraycopy(bytes, start, target, offset, size);
        start = (start + size) % bytes.length;
        count -= size;
        taken += size;
        return size;
    }

    private final class In extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            lock.lock();
            try {
                while (count == 0 && !writerClosed) {
                    readable.await();
                }
                if (count == 0) {
                    return -1;
                }
                stall();
                int size = take(target, offset, length);
                if (lentAt < lentEnd && count == 0) {
                    moveIn();
                    if (lentAt == lentEnd) {
                        written.signalAll();
                    }
                }
                return size;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading");
            } finally {
                lock.unlock();
            }
        }

        /** Every so many bytes nothing is taken for a while. */
        private void stall() throws InterruptedException {
            if (manner.stallMillis() > 0 && taken >= manner.stallEvery()) {
                taken = 0;
                long left = TimeUnit.MILLISECONDS.toNanos(manner.stallMillis());
                while (left > 0 && !readerClosed) {
                    left = readable.awaitNanos(left);
                }
            }
        }

        @Override
        public void close() {
            MemoryPipe.this.close(false, true);
        }
    }

    private final class Out extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{ (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            lock.lock();
            try {
                lent = source;
                lentAt = offset;
                lentEnd = offset + length;
                if (!isEnded()) {
                    moveIn();
                    readable.signalAll();
                }
                while (lentAt < lentEnd && !isEnded()) {
                    written.awaitUninterruptibly();
                }
                if (lentAt < lentEnd) {
                    throw new IOException("Broken pipe");
                }
            } finally {
                lent = NOTHING;
                lentAt = 0;
                lentEnd = 0;
                lock.unlock();
            }
        }

        @Override
        public void close() {
            MemoryPipe.this.close(true, false);
        }
    }
}
