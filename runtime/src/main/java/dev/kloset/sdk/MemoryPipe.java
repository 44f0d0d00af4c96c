package dev.kloset.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pipe between two threads of this process. Like a real one it holds 64 KiB, and its end is seen when it is closed. */
final class MemoryPipe {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private final byte[] bytes = new byte[64 * 1024];
    private int start;
    private int count;
    private boolean closed;

    InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                return take(target, offset, length);
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[]{ (byte) b }, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                for (int done = 0; done < length;) {
                    done += put(source, offset + done, length - done);
                }
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (count == 0 && !closed) {
                changed.await();
            }
            int taken = Math.min(length, Math.min(count, bytes.length - start));
            System.arraycopy(bytes, start, target, offset, taken);
            start = (start + taken) % bytes.length;
            count -= taken;
            changed.signalAll();
            return taken == 0 && length > 0 ? -1 : taken;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (count == bytes.length && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IOException("nobody reads the other end of the pipe any more");
            }
            int end = (start + count) % bytes.length;
            int given = Math.min(length, Math.min(bytes.length - count, bytes.length - end));
            System.arraycopy(source, offset, bytes, end, given);
            count += given;
            changed.signalAll();
            return given;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException failure = new InterruptedIOException("interrupted while waiting for the other end");
        failure.initCause(cause);
        return failure;
    }
}
