package dev.kloset.wire.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe between two threads of this process, in the place of one of the operating system: for trainings, checks and tests. One
 * reader, one writer. As with a real pipe, an interrupt does not end a write.
 *
 * <p>A write that does not fit lends its bytes. The reader takes them where they are; when the rest fits into the pipe it moves
 * there and the writer goes on. Both ends see a pipe that the writer fills again and again, but the threads wake each other
 * once per write rather than once for every 37 bytes. So a narrow pipe does not slow down on systems where threads wake slowly,
 * and takes no processor time from other threads.
 */
public final class MemoryPipe {

    /** How much a Linux pipe holds, unless a process has changed it. */
    private static final int USUAL_CAPACITY = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final Throttle throttle;
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
    private boolean writerClosed;
    private boolean readerClosed;
    private boolean held;

    /** How much the reader takes, and how fast. Called under the lock of the pipe, before and after each read. */
    @FunctionalInterface
    public interface Throttle {

        /** {@return the most bytes that the next read takes, at least 1} */
        int most();

        /** {@return for how many nanoseconds the reader takes nothing before the next read, although there is something} */
        default long pauseNanos() {
            return 0;
        }

        /** Learn that a read has taken {@code size} bytes. */
        default void taken(int size) {}
    }

    /** Make a pipe like that of the operating system. */
    public MemoryPipe() {
        this(USUAL_CAPACITY, () -> Integer.MAX_VALUE);
    }

    /** Make a pipe into which {@code capacity} bytes fit before a write waits. */
    public MemoryPipe(int capacity, Throttle throttle) {
        this.bytes = new byte[capacity];
        this.throttle = throttle;
    }

    /** {@return the end to read from} After it is closed, every write fails. */
    public InputStream in() {
        return new In();
    }

    /** {@return the end to write to} After it is closed, the reader gets what is left and then the end. */
    public OutputStream out() {
        return new Out();
    }

    /** Close both ends, as the death of a process does. */
    public void cut() {
        change(() -> {
            writerClosed = true;
            readerClosed = true;
        });
    }

    /** Make the reader wait, even if there is something to read, until {@link #release}. */
    public void hold() {
        change(() -> held = true);
    }

    /** Let the reader go on. */
    public void release() {
        change(() -> held = false);
    }

    /** Wait until {@code size} bytes have been written and not yet read. */
    public void awaitUnread(int size) throws InterruptedException {
        lock.lock();
        try {
            while (count + lentEnd - lentAt < size) {
                readable.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            readable.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnded() {
        return readerClosed || writerClosed;
    }

    /** Move as many of the lent bytes into the pipe as fit. The writer goes on once all of them have moved. */
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
        int size = Math.min(Math.min(length, throttle.most()), Math.min(count, bytes.length - start));
        System.arraycopy(bytes, start, target, offset, size);
        start = (start + size) % bytes.length;
        count -= size;
        throttle.taken(size);
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
            Objects.checkFromIndexSize(offset, length, target.length);
            lock.lock();
            try {
                awaitReadable();
                if (count == 0) {
                    return -1;
                }
                int size = take(target, offset, length);
                if (lentAt < lentEnd && count == 0) {
                    moveIn();
                    if (lentAt == lentEnd) {
                        written.signalAll();
                    }
                }
                return size;
            } catch (InterruptedException e) {
                throw interrupted(e);
            } finally {
                lock.unlock();
            }
        }

        private void awaitReadable() throws InterruptedException {
            while (held || count == 0 && !writerClosed) {
                readable.await();
            }
            long left = count == 0 ? 0 : throttle.pauseNanos();
            while (left > 0 && !readerClosed) {
                left = readable.awaitNanos(left);
            }
        }

        private static IOException interrupted(InterruptedException cause) {
            Thread.currentThread().interrupt();
            InterruptedIOException failure = new InterruptedIOException("interrupted while waiting for the other end");
            failure.initCause(cause);
            return failure;
        }

        @Override
        public void close() {
            change(() -> readerClosed = true);
        }
    }

    private final class Out extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{ (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            lock.lock();
            try {
                lend(source, offset, length);
                while (lentAt < lentEnd && !isEnded()) {
                    written.awaitUninterruptibly();
                }
                if (lentAt < lentEnd) {
                    throw new IOException(readerClosed ? "Broken pipe" : "Stream Closed");
                }
            } finally {
                lent = NOTHING;
                lentAt = 0;
                lentEnd = 0;
                lock.unlock();
            }
        }

        private void lend(byte[] source, int offset, int length) {
            lent = source;
            lentAt = offset;
            lentEnd = offset + length;
            if (!isEnded()) {
                moveIn();
                readable.signalAll();
            }
        }

        @Override
        public void close() {
            change(() -> writerClosed = true);
        }
    }
}
