package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Tries again what failed for a reason that may pass: by default five attempts, with waits of 200 ms and then twice as long each
 * time, up to 30 s, and all of it within two minutes. Each wait is a random part, at least half, of its length, so that many who failed
 * together do not come back together.
 *
 * <p>Do not retry what the client library of the source retries already. Immutable, for any number of threads.
 */
public final class Retry {

    private static final System.Logger LOG = System.getLogger(Retry.class.getName());

    private record Settings(int attempts, Duration first, Duration longest, Duration within,
            Predicate<? super IOException> mayPass, RetryTally tally, Pace pace) {}

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
                Retry::mayPass, new RetryTally(), pace));
    }

    /** {@return the same with other waits: {@code first}, then twice as long each time, up to {@code longest}} */
    public Retry backoff(Duration first, Duration longest) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, first, longest, s.within, s.mayPass, s.tally, s.pace));
    }

    /** {@return the same, but no attempt begins later than so long after the first one} It ends at most one attempt later. */
    public Retry within(Duration limit) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, limit, s.mayPass, s.tally, s.pace));
    }

    /** {@return the same for other errors} Without this: those of {@link ErrorKind#TRANSIENT} and a sudden end of the data. */
    public Retry on(Predicate<? super IOException> mayPass) {
        Settings s = settings;
        return new Retry(
                new Settings(s.attempts, s.first, s.longest, s.within, Objects.requireNonNull(mayPass, "mayPass"),
                        s.tally, s.pace));
    }

    /** {@return the same, counted by {@code tally}} Several may share one. */
    public Retry countedBy(RetryTally tally) {
        Settings s = settings;
        return new Retry(new Settings(s.attempts, s.first, s.longest, s.within, s.mayPass,
                Objects.requireNonNull(tally, "tally"), s.pace));
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
                return attempt.make();
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
            if (reason instanceof ConnectorException known) {
                return known.kind() == ErrorKind.TRANSIENT;
            }
            if (reason instanceof EOFException || ErrorKind.of(reason) == ErrorKind.TRANSIENT) {
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
            if (failures > 0) {
                failures = 0;
                since = settings.pace.nanoTime();
            }
        }

        /** Waits before the next attempt, if there is one. */
        void failed(IOException reason) throws IOException, InterruptedException {
            if (!settings.mayPass.test(reason)) {
                throw reason;
            }
            failures++;
            Duration wait = nextWait();
            Duration spent = Duration.ofNanos(settings.pace.nanoTime() - since);
            if (failures >= settings.attempts || spent.plus(wait).compareTo(settings.within) > 0) {
                throw givenUp(reason, spent);
            }
            settings.tally.count(reason);
            LOG.log(Level.DEBUG, () -> "cannot " + what + ", trying again in " + Words.of(wait), reason);
            settings.pace.pause(wait);
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
