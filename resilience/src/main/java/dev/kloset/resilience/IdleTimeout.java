package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A limit for every single wait for the other side. A thread of its own does the waiting, so the limit also works for code that
 * knows neither time limits nor interrupts. When the time is up, that thread is interrupted and abandoned; anything it still
 * obtains is closed.
 *
 * <p>Immutable, safe for any number of threads. Failures are of {@link ErrorKind#TRANSIENT}, so a {@link Retry} tries again.
 */
public final class IdleTimeout {

    private final Duration limit;

    private IdleTimeout(Duration limit) {
        this.limit = limit;
    }

    /** {@return a limit on the time without an answer or a byte} */
    public static IdleTimeout of(Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a time-out must be positive");
        }
        return new IdleTimeout(limit);
    }

    /**
     * {@return the result of {@code attempt}, if it comes in time}
     *
     * @param what what the attempt does, for messages, after "cannot": {@code connect to the server}
     * @throws InterruptedException if the caller was interrupted; the attempt is then interrupted too
     */
    public <T> T call(String what, IoCall<T> attempt) throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("kloset-timed").start(() -> run(attempt, result));
        try {
            result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            result.completeExceptionally(timeOut(what)); // unless the result has just come
            thread.interrupt();
        } catch (ExecutionException e) {
            // Reported below.
        } catch (InterruptedException e) {
            if (!result.completeExceptionally(e) && !result.isCompletedExceptionally()) {
                close(result.join());
            }
            thread.interrupt();
            throw e;
        }
        return settled(result);
    }

    /**
     * {@return the stream that {@code attempt} opens in time, with the same limit for every wait for bytes} It reads ahead by
     * at most 128 KiB. Closing it before its end interrupts a read in progress. The caller closes it.
     *
     * @param what what the attempt does, for messages, after "cannot": {@code read /photos/cat.jpg}
     */
    public InputStream open(String what, IoCall<InputStream> attempt) throws IOException, InterruptedException {
        return new IdleStream(call(what, attempt), limit, () -> timeOut(what));
    }

    private ConnectorException timeOut(String what) {
        return new ConnectorException(ErrorKind.TRANSIENT, "cannot " + what,
                new IOException("nothing came for " + DurationText.of(limit)));
    }

    private static <T> void run(IoCall<T> attempt, CompletableFuture<T> result) {
        try {
            T value = attempt.make();
            if (!result.complete(value)) {
                close(value);
            }
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> T settled(CompletableFuture<T> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case InterruptedException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("an attempt throws nothing else", e);
            }
        }
    }

    private static void close(Object late) {
        if (late instanceof AutoCloseable resource) {
            try {
                resource.close();
            } catch (Exception e) {
                System.getLogger(IdleTimeout.class.getName()).log(Level.DEBUG, "cannot close a late result", e);
            }
        }
    }
}
