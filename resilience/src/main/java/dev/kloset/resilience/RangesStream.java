package dev.kloset.resilience;

import dev.kloset.internal.BulkStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@link RangesContent}, in order. Read by one thread, closed by any. */
final class RangesStream extends BulkStream {

    private static final byte[] NONE = {};

    private final LongFunction<ResumingContent> range;
    private final long size;
    private final int bytes;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("kloset-range-", 0).factory());
    private final Queue<Future<byte[]>> ahead = new ArrayDeque<>(); // guarded by itself, as the next two
    private long next;
    private boolean closed;
    private byte[] current = NONE; // belongs to the reading thread, as the next one
    private int at;

    /** Start reading the first {@code ranges} ranges. */
    RangesStream(LongFunction<ResumingContent> range, long size, int bytes, int ranges) {
        this.range = range;
        this.size = size;
        this.bytes = bytes;
        for (int i = 0; i < ranges; i++) {
            readAhead();
        }
    }

    /** Start the range after those that have been started, unless there is none. */
    private void readAhead() {
        synchronized (ahead) {
            if (!closed && next < size) {
                long start = next;
                next = Math.min(size, start + bytes);
                ahead.add(threads.submit(() -> bytes(start)));
            }
        }
    }

    private byte[] bytes(long start) throws IOException {
        byte[] all = new byte[(int) Math.min(bytes, size - start)];
        try (InputStream in = range.apply(start).open()) {
            in.readNBytes(all, 0, all.length); // all of them: the range fails where its source ends early
        }
        return all;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        Objects.checkFromIndexSize(start, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (at == current.length && !advance()) {
            return -1;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, buffer, start, count);
        at += count;
        return count;
    }

    /** {@return whether there is another range} It becomes the current one, and makes room for one more. */
    private boolean advance() throws IOException {
        boolean started = current.length > 0; // no range is empty
        current = NONE; // before another one takes its place in memory
        at = 0;
        if (started) {
            readAhead();
        }
        Future<byte[]> following = first();
        if (following == null) {
            return false;
        }
        current = await(following);
        return true;
    }

    private @Nullable Future<byte[]> first() throws IOException {
        synchronized (ahead) {
            if (closed) {
                throw new IOException("the stream is closed");
            }
            return ahead.peek(); // it stays there until it is done, so that closing ends it
        }
    }

    private byte[] await(Future<byte[]> following) throws IOException {
        try {
            byte[] all = following.get();
            synchronized (ahead) {
                ahead.poll();
            }
            return all;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a range");
        } catch (CancellationException e) {
            throw new IOException("the stream is closed", e);
        } catch (ExecutionException e) {
            close();
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("a range throws nothing else", e);
            }
        }
    }

    /** Interrupt what is read ahead, and let a reader that waits for it fail. Does not wait for the threads. */
    @Override
    public void close() {
        synchronized (ahead) {
            closed = true;
            ahead.forEach(each -> each.cancel(true));
            ahead.clear();
        }
        threads.shutdownNow();
    }
}
