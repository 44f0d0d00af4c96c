package dev.kloset.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pipe in memory, as narrow and as slow as its {@link PipeManner} says. One reader, one writer. */
final class MemoryPipe {

    private final PipeManner manner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private final byte[] bytes;
    private int start;
    private int count;
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
        lock.lock();
        try {
            writerClosed = true;
            readerClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
                    changed.await();
                }
                if (count == 0) {
                    return -1;
                }
                stall();
                int size = Math.min(Math.min(length, manner.maxRead()), Math.min(count, bytes.length - start));
                System.arraycopy(bytes, start, target, offset, size);
                start = (start + size) % bytes.length;
                count -= size;
                taken += size;
                changed.signalAll();
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
                    left = changed.awaitNanos(left);
                }
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                readerClosed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
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
                for (int done = 0; done < length;) {
                    while (count == bytes.length && !readerClosed && !writerClosed) {
                        changed.awaitUninterruptibly();
                    }
                    if (readerClosed || writerClosed) {
                        throw new IOException("Broken pipe");
                    }
                    int end = (start + count) % bytes.length;
                    int size = Math.min(Math.min(length - done, bytes.length - count), bytes.length - end);
                    System.arraycopy(source, offset + done, bytes, end, size);
                    count += size;
                    done += size;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                writerClosed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
