package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
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
 * Tries again what failed for a reason that may pass: by default five attempts, with waits of 200 ms and then twice as long each
 * time, up to 30 s, and all of it within two minutes. Each wait is a random part, at least half, of its length, so that many who failed
 * together do not come back together.
 *
 * <p>A port that refuses the connection before anything has succeeded is mostly a wrong port: it gets three attempts within two
 * seconds. Once something has succeeded, the server may be restarting, and gets all attempts. A retry and those derived from it
 * know that of each other. With {@link #on} it is as the author says.
 *
 * <p>Do not retry what the client library of the source retries already. Immutable, for any number of threads.
 */
public final class Retry {

    private static final System.Logger LOG = System.getLogger(Retry.class.getName());

    /**
     * How it is tried again.
     *
     * @param mayPass as an author says it; null for what may pass by itself
     * @param reached whether anything has succeeded yet
     */
    private record Settings(int attempts, Duration first, Duration longest, Duration within,
            @Nullable Predicate<? super IOException> mayPass, RetryTally tally, Pace pace, AtomicBoolean reached) {}

    private final Settings settings;

    private Retry(Settings settings) {
        this.settings = settings;
    }

    /** {@return at most so many attempts, the first one counted} */
    public static Retry attempts(int attempts) {
        return attempts(attempts, Pace.SYSTEM);
    }

    static Retry attempts(int attempts, Pace pace) {
        if (attempts < 1) {
            throw new IllegalArgumentException("there must be an attempt");
        }
        return new Retry(new Settings(attempts, Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(2),
                null, new RetryTally(), pace, new AtomicBoolean()));
    }

    /** {@return the same with other waits: {@code first}, then twice as long each time, up to {@code longest}} */
    public Retry backoff(Duration first, Duration longest) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, first, longest, s.within, s.mayPass, s.tally, s.pace, s.reached));
    }

    /** {@return the same, but no attempt begins later than so long after the first one} It ends at most one attempt later. */
    public Retry within(Duration limit) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, limit, s.mayPass, s.tally, s.pace, s.reached));
    }

    /** {@return the same for other errors} Without this: those of {@link ErrorKind#TRANSIENT} and a sudden end of the data. */
    public Retry on(Predicate<? super IOException> mayPass) {
        Settings s = settings;
        return new Retry(
                new Settings(s.attempts, s.first, s.longest, s.within, Objects.requireNonNull(mayPass, "mayPass"),
                        s.tally, s.pace, s.reached));
    }

    /** {@return the same, counted by {@code tally}} Several may share one. */
    public Retry countedBy(RetryTally tally) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, s.within, s.mayPass,
                Objects.requireNonNull(tally, "tally"), s.pace, s.reached));
    }

    /**
     * {@return what the first attempt gives that succeeds} On the calling thread.
     *
     * @param what it does, for messages, behind "cannot": {@code list the bucket photos}
     * @throws IOException the failure, if it cannot pass; the last one with the number of attempts, if there were too many
     */
    public <T> T call(String what, Attempt<T> attempt) throws IOException, InterruptedException {
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

    /** An exception of a library is often wrapped around the one that says what happened. */
    static boolean mayPass(IOException error) {
        for (Throwable reason = error; reason != null; reason = reason.getCause()) {
            ErrorKind kind = ErrorKind.of(reason);
            if (reason instanceof ConnectorException) {
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

    /** Attempts at one thing, since it last got on. For one thread. */
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

        /** From here on all attempts and all the time are there again. */
        void gotOn() {
            if (!settings.reached.get()) {
                settings.reached.set(true);
            }
            if (failures > 0) {
                failures = 0;
                since = settings.pace.nanoTime();
            }
        }

        /** Waits before the next attempt, if there is one. */
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
            LOG.log(Level.DEBUG, () -> "cannot " + what + ", trying again in " + Words.of(wait), reason);
            settings.pace.pause(wait);
        }

        private boolean isLast(int made, Duration next, boolean refused) {
            return made >= settings.attempts || next.compareTo(settings.within) > 0
                    || refused && (made >= Refusal.ATTEMPTS || next.compareTo(Refusal.WITHIN) > 0);
        }

        private ConnectorException givenUp(IOException reason, Duration spent) {
            String attempts = failures == 1 ? "1 attempt" : failures + " attempts";
            return new ConnectorException(ErrorKind.TRANSIENT,
                    "cannot " + what + ", given up after " + attempts + " in " + Words.of(spent), reason);
        }

        private Duration nextWait() {
            double doubled = settings.first.toNanos() * Math.pow(2, failures - 1.0);
            long longest = (long) Math.min(doubled, (double) settings.longest.toNanos());
            return Duration.ofNanos(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
        }
    }
}
