package dev.kloset.wire.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one content that the other end sends, message by message. Any thread may read and close it, also several at the
 * same time: each byte goes to one of them.
 *
 * <p><b>One lock.</b> A thread holds it while it takes bytes out of the current message and while it waits for the next one. So
 * one thread at a time receives, and no message is replaced while another thread reads it.
 *
 * <p><b>One meaning of closed.</b> Closing needs no lock. Every read that has not returned by then throws an {@link IOException}
 * that says why, whatever has arrived; a read that is waiting for a message throws it when the message comes. A read returns -1
 * only if the other end has declared the content complete, and only before the stream is closed.
 *
 * <p>Once at its end, the stream stays there, and after a failure every read repeats that failure.
 */
public abstract class ReceivedStream extends InputStream {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<@Nullable String> closed = new AtomicReference<>(); // why

    // guarded by lock
    private ByteBuffer chunk = NOTHING;
    private long received;
    private long unread; // bytes that were dropped unread
    private boolean complete;
    private boolean broken; // nothing more can come
    private volatile boolean endSeen; // written under lock
    private boolean cutOff; // a thread that was reading when the stream was closed
    private @Nullable IOException failure; // the first one

    protected ReceivedStream() {}

    /**
     * {@return the next bytes, null after the last} Waits for them. Called by one thread at a time.
     *
     * @throws InterruptedException if nothing was taken off the wire: then it may be called again, unlike after an {@link
     *     IOException}
     */
    protected abstract @Nullable ByteBuffer receive() throws IOException, InterruptedException;

    /** {@return the failure for a reader that was interrupted while it waited} */
    protected abstract IOException interrupted();

    /** {@return the name of the content, such as {@code the content of /a}} */
    protected abstract String name();

    /** Called when a thread tries to read a closed stream. Must not wait. */
    protected void refused() {}

    // ---- for readers

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        acquire();
        try {
            refuseIfClosed();
            if (length == 0) {
                return 0;
            }
            boolean more = fill();
            cutOffIfClosed();
            if (!more) {
                endSeen = true;
                return -1;
            }
            int count = Math.min(length, chunk.remaining());
            chunk.get(buffer, offset, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Refuse every later read. Neither waits nor takes anything off the wire. */
    @Override
    public void close() {
        close(name() + " is closed");
    }

    // ---- for its owner

    /** Begin with bytes that came with something else. Call it before anything is read. */
    protected final void begin(ByteBuffer bytes) {
        lock.lock();
        try {
            chunk = bytes;
            received = bytes.remaining();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuse every later read with the sentence {@code why}.
     *
     * @return whether it was open
     */
    protected final boolean close(String why) {
        return closed.compareAndSet(null, why);
    }

    /** {@return why it is closed, null while it is open} */
    protected final @Nullable String closed() {
        return closed.get();
    }

    /**
     * Take the rest off the wire, after the read that is in progress. Afterwards nothing more is received: the content was
     * complete, or failed.
     */
    protected final void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            drop();
            while (!complete && !broken) {
                receiveNext();
                drop();
            }
        } catch (IOException e) {
            // Kept as the failure, which the owner queries.
        } finally {
            lock.unlock();
        }
    }

    /** {@return why the content did not arrive completely, or null} */
    protected final @Nullable IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many bytes have come so far} */
    protected final long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many bytes were dropped because they were not read before {@link #drain}} */
    protected final long unread() {
        lock.lock();
        try {
            return unread;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether a reader has seen the end} */
    protected final boolean wasReadToItsEnd() {
        return endSeen;
    }

    /** {@return whether a read was in progress when the stream was closed, and failed because of that} */
    protected final boolean wasCutOff() {
        lock.lock();
        try {
            return cutOff;
        } finally {
            lock.unlock();
        }
    }

    /** Keep other threads from reading meanwhile. */
    private void acquire() throws IOException {
        if (lock.tryLock()) {
            return;
        }
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void refuseIfClosed() throws IOException {
        String why = closed.get();
        if (why != null) {
            refused();
            throw new IOException(why);
        }
    }

    private void cutOffIfClosed() throws IOException {
        String why = closed.get();
        if (why != null) {
            cutOff = true;
            throw new IOException(why);
        }
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            while (!complete && !chunk.hasRemaining()) {
                receiveNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = interrupted(); // the rest still has to be taken off the wire
            throw failure;
        } catch (IOException e) {
            cutOffIfClosed(); // closing the stream may be what made this fail
            throw e;
        }
        return chunk.hasRemaining();
    }

    private void receiveNext() throws IOException, InterruptedException {
        chunk = NOTHING;
        try {
            ByteBuffer next = receive();
            complete = next == null;
            if (next != null) {
                chunk = next;
                received += next.remaining();
            }
        } catch (IOException e) {
            broken = true;
            failure = failure == null ? e : failure;
            throw e;
        } catch (RuntimeException | Error e) {
            // For example a stack that is too deep: a message may have been taken and lost.
            broken = true;
            failure = failure == null ? new IOException("cannot read " + name() + ": " + e, e) : failure;
            throw e;
        }
    }

    private void drop() {
        unread += chunk.remaining();
        chunk = NOTHING;
    }
}
