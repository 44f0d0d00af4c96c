package dev.kloset.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A pipe in memory, as narrow and as slow as its {@link PipeManner} says. One reader, one writer. Who has to wait tries for a
 * moment before it sleeps, and a writer that sleeps is woken when the pipe is empty, as with the pages of a real one.
 */
final class MemoryPipe {

    /**
     * Some 40 µs. A narrow pipe is filled and emptied 27,000 times for each MB, and with a thread woken each time the contract
     * of a store took three times as long.
     */
    private static final int TRIES = 2_000;

    private final PipeManner manner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // written with the lock held; what is volatile or atomic is looked at without it, to wait
    private final byte[] bytes;
    private int start;
    private final AtomicInteger count = new AtomicInteger();
    private long taken;
    private volatile boolean writerClosed;
    private volatile boolean readerClosed;

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

    private static void tryFor(BooleanSupplier ready) {
        for (int i = 0; i < TRIES && !ready.getAsBoolean(); i++) {
            Thread.onSpinWait();
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
            tryFor(() -> count.get() > 0 || writerClosed);
            lock.lock();
            try {
                while (count.get() == 0 && !writerClosed) {
                    changed.await();
                }
                if (count.get() == 0) {
                    return -1;
                }
                stall();
                int size = Math.min(Math.min(length, manner.maxRead()), Math.min(count.get(), bytes.length - start));
                System.arraycopy(bytes, start, target, offset, size);
                start = (start + size) % bytes.length;
                taken += size;
                if (count.addAndGet(-size) == 0) {
                    changed.signalAll();
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
            for (int done = 0; done < length;) {
                if (count.get() == bytes.length) {
                    tryFor(() -> count.get() == 0 || ended());
                }
                done += writeSome(source, offset + done, length - done);
            }
        }

        private int writeSome(byte[] source, int offset, int length) throws IOException {
            lock.lock();
            try {
                while (count.get() == bytes.length && !ended()) {
                    changed.awaitUninterruptibly();
                }
                if (ended()) {
                    throw new IOException("Broken pipe");
                }
                int end = (start + count.get()) % bytes.length;
                int size = Math.min(Math.min(length, bytes.length - count.get()), bytes.length - end);
                System.arraycopy(source, offset, bytes, end, size);
                count.addAndGet(size);
                changed.signalAll();
                return size;
            } finally {
                lock.unlock();
            }
        }

        private boolean ended() {
            return readerClosed || writerClosed;
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
