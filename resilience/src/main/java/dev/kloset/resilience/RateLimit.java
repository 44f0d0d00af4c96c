package dev.kloset.resilience;

import dev.kloset.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * A limit on what is used per second: requests, or bytes. What remains unused for more than a second is lost. A caller that
 * takes more than is available waits until the amount has accumulated, and later callers wait behind it. Safe for any number of
 * threads.
 */
public final class RateLimit {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final Sleeper pace;
    private double left; // guarded by this; negative: others have to wait for it
    private long since; // guarded by this

    private RateLimit(double perSecond, Sleeper pace) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate must be positive");
        }
        this.perSecond = perSecond;
        this.pace = pace;
        this.left = perSecond;
        this.since = pace.nanoTime();
    }

    /** {@return a limit of {@code amount} requests or bytes per second} */
    public static RateLimit perSecond(double amount) {
        return new RateLimit(amount, Sleeper.SYSTEM);
    }

    static RateLimit perSecond(double amount, Sleeper pace) {
        return new RateLimit(amount, pace);
    }

    /** Take {@code amount}. Blocks until the limit allows its use. */
    public void take(long amount) throws InterruptedException {
        Duration wait = reserve(amount);
        if (wait.isPositive()) {
            pace.pause(wait);
        }
    }

    private synchronized Duration reserve(long amount) {
        long now = pace.nanoTime();
        left = Math.min(perSecond, left + (now - since) / NANOS * perSecond) - amount;
        since = now;
        return Duration.ofNanos((long) Math.ceil(Math.max(0, -left) / perSecond * NANOS));
    }

    /** {@return the same content, but reading takes every byte from this limit} */
    public Content limited(Content content) {
        return () -> new Limited(content.open());
    }

    private final class Limited extends FilterInputStream {

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            try {
                take(Math.max(count, 0));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the rate limit");
            }
            return count;
        }

        @Override
        public long skip(long bytes) throws IOException {
            return bytes <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(bytes, 8192)]));
        }
    }
}
