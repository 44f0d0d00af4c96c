package dev.kloset.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pipe in memory, as narrow as a test wants it. As with a real one, an interrupt does not end a
 * write. */
public final class MemoryPipe {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int maxRead;
    // guarded by lock
    private final byte[] bytes;
    private int start;
    private int count;
    private boolean writerClosed;
    private boolean readerGone;
    private boolean held;

    /**
     * @param capacity how much fits in before writes wait
     * @param maxRead how much one read takes at most
     */
    public MemoryPipe(int capacity, int maxRead) {
        this.bytes = new byte[capacity];
        this.maxRead = maxRead;
    }

    public InputStream in() {
        return new In();
    }

    public OutputStream out() {
        return new Out();
    }

    /** Let the reader wait, whatever there is, until {@link #release}. */
    public void hold() {
        set(() -> held = true);
    }

    public void release() {
        set(() -> held = false);
    }

    /** Let every write fail, as if nobody had the other end open any more. */
    public void breakReader() {
        set(() -> readerGone = true);
    }

    /** Wait until as much was written as fits in. */
    public void awaitFull() throws InterruptedException {
        awaitAtLeast(bytes.length);
    }

    /** Wait until so many bytes wait to be read. */
    public void awaitAtLeast(int wanted) throws InterruptedException {
        lock.lock();
        try {
            while (count < wanted) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
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
                while (held || count == 0 && !writerClosed) {
                    changed.await();
                }
                if (count == 0) {
                    return -1;
                }
                int taken = Math.min(Math.min(length, maxRead), Math.min(count, bytes.length - start));
                System.arraycopy(bytes, start, target, offset, taken);
                start = (start + taken) % bytes.length;
                count -= taken;
                changed.signalAll();
                return taken;
            } catch (InterruptedException _) { // nobody interrupts the reader of a connection
                throw new InterruptedIOException("the time of the test is over");
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            breakReader();
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
                    while (count == bytes.length && !readerGone) {
                        changed.awaitUninterruptibly();
                    }
                    if (readerGone || writerClosed) {
                        throw new IOException(readerGone ? "Broken pipe" : "Stream Closed");
                    }
                    int end = (start + count) % bytes.length;
                    int given = Math.min(Math.min(length - done, bytes.length - count), bytes.length - end);
                    System.arraycopy(source, offset + done, bytes, end, given);
                    count += given;
                    done += given;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            set(() -> writerClosed = true);
        }
    }
}
