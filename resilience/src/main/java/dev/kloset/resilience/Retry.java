package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.internal.KnownErrors;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Retries an operation that failed for a reason that may pass. By default it makes five attempts within two minutes, and waits
 * 200 ms, then twice as long each time, up to 30 s. Each wait is a random part, at least half, of its length, so that many
 * callers that failed together do not return together.
 *
 * <p>A port that refuses the connection before anything has succeeded is mostly a wrong port: it gets three attempts within two
 * seconds. Once anything has succeeded, the server may be restarting, and gets all attempts. A retry shares this knowledge with
 * those derived from it. With {@link #on}, only the author's condition counts.
 *
 * <p>Do not retry what the client library of the source already retries. Immutable, safe for any number of threads.
 */
public final class Retry {

    private static final System.Logger LOG = System.getLogger(Retry.class.getName());

    /**
     * How to retry.
     *
     * @param mayPass the author's condition; null for the default one
     * @param reached whether anything has succeeded yet
     */
    private record Settings(int attempts, Duration first, Duration longest, Duration within,
            @Nullable Predicate<? super IOException> mayPass, RetryTally tally, Sleeper pace, AtomicBoolean reached) {}

    private final Settings settings;

    private Retry(Settings settings) {
        this.settings = settings;
    }

    /** {@return a retry of at most {@code attempts} attempts, including the first} */
    public static Retry attempts(int attempts) {
        return attempts(attempts, Sleeper.SYSTEM);
    }

    static Retry attempts(int attempts, Sleeper pace) {
        if (attempts < 1) {
            throw new IllegalArgumentException("there must be an attempt");
        }
        return new Retry(new Settings(attempts, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(2),
                null, new RetryTally(), pace, new AtomicBoolean()));
    }

    /** {@return the same retry with other waits: {@code first}, then twice as long each time, up to {@code longest}} */
    public Retry backoff(Duration first, Duration longest) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, first, longest, s.within, s.mayPass, s.tally, s.pace, s.reached));
    }

    /** {@return the same retry, but no attempt begins later than {@code limit} after the first} It ends at most one attempt later. */
    public Retry within(Duration limit) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, limit, s.mayPass, s.tally, s.pace, s.reached));
    }

    /**
     * {@return the same retry for other errors} The default condition accepts {@link ErrorKind#TRANSIENT} errors and a sudden
     * end of the data.
     */
    public Retry on(Predicate<? super IOException> mayPass) {
        Settings s = settings;
        return new Retry(
                new Settings(s.attempts, s.first, s.longest, s.within, Objects.requireNonNull(mayPass, "mayPass"),
                        s.tally, s.pace, s.reached));
    }

    /** {@return the same retry, counted by {@code tally}} Several retries may share a tally. */
    public Retry countedBy(RetryTally tally) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, s.within, s.mayPass,
                Objects.requireNonNull(tally, "tally"), s.pace, s.reached));
    }

    /**
     * {@return the result of the first attempt that succeeds} Runs on the calling thread.
     *
     * @param what what the attempt does, for messages, after "cannot": {@code list the bucket photos}
     * @throws IOException the failure, if it cannot pass; after too many attempts, the last failure with the number of attempts
     */
    public <T> T call(String what, IoCall<T> attempt) throws IOException, InterruptedException {
        Series series = begin(what);
        while (true) {
            try {
                T result = attempt.make();
                series.gotOn();
                return result;
            } catch (IOException e) {
                series.failed(e);
            }
        }
    }

    Series begin(String what) {
        return new Series(settings, what);
    }

    /** A library's exception often wraps the one that says what happened. */
    static boolean mayPass(IOException error) {
        for (Throwable reason = error; reason != null; reason = reason.getCause()) {
            ErrorKind kind = ErrorKind.of(reason);
            if (reason instanceof ConnectorException || KnownErrors.of(reason) != null) {
                return kind == ErrorKind.TRANSIENT;
            }
            if (kind == ErrorKind.NOT_FOUND) {
                return false;
            }
            if (kind == ErrorKind.TRANSIENT || reason instanceof EOFException
                    || reason.getClass() == ClosedChannelException.class) {
                return true;
            }
        }
        return false;
    }

    /** Attempts at one operation since it last made progress. For one thread. */
    static final class Series {

        private final Settings settings;
        private final String what;
        private int failures;
        private long since;

        private Series(Settings settings, String what) {
            this.settings = settings;
            this.what = what;
            this.since = settings.pace.nanoTime();
        }

        /** Start again with all attempts and all the time. */
        void gotOn() {
            if (!settings.reached.get()) {
                settings.reached.set(true);
            }
            if (failures > 0) {
                failures = 0;
                since = settings.pace.nanoTime();
            }
        }

        /** Wait before the next attempt, if there is one. */
        void failed(IOException reason) throws IOException, InterruptedException {
            Predicate<? super IOException> authors = settings.mayPass;
            if (authors == null ? !mayPass(reason) : !authors.test(reason)) {
                throw reason;
            }
            failures++;
            Duration wait = nextWait();
            Duration spent = Duration.ofNanos(settings.pace.nanoTime() - since);
            if (isLast(failures, spent.plus(wait), authors == null && !settings.reached.get()
                    && Refusal.is(reason))) {
                throw givenUp(reason, spent);
            }
            settings.tally.count(reason);
            LOG.log(Level.DEBUG, () -> "cannot " + what + ", trying again in " + DurationText.of(wait), reason);
            settings.pace.pause(wait);
        }

        private boolean isLast(int made, Duration next, boolean refused) {
            return made >= settings.attempts || next.compareTo(settings.within) > 0
                    || refused && (made >= Refusal.ATTEMPTS || next.compareTo(Refusal.WITHIN) > 0);
        }

        private ConnectorException givenUp(IOException reason, Duration spent) {
            String attempts = failures == 1 ? "1 attempt" : failures + " attempts";
            return new ConnectorException(ErrorKind.TRANSIENT,
                    "cannot " + what + ", given up after " + attempts + " in " + DurationText.of(spent), reason);
        }

        private Duration nextWait() {
            double doubled = settings.first.toNanos() * Math.pow(2, failures - 1.0);
            long longest = (long) Math.min(doubled, (double) settings.longest.toNanos());
            return Duration.ofNanos(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        }
    }
}
