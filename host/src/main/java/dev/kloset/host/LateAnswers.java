package dev.kloset.host;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what a plugin keeps its host waiting for: after a while, after ten times as long, and so on. It looks from a thread of its own, which
 * exists only where someone listens. Any thread may wait.
 */
final class LateAnswers implements AutoCloseable {

    private static final int SPARSER = 10;
    private static final int LOOKS_PER_PATIENCE = 4;

    /** One thing that is waited for, now and then. */
    final class Wait implements AutoCloseable {

        private final String what;
        private final BooleanSupplier isPlugins;
        private volatile int turns; // odd while it is waited for; one thread changes it
        private int seen; // the rest is for the thread that looks
        private long since;
        private long next;

        private Wait(String what, BooleanSupplier isPlugins) {
            this.what = what;
            this.isPlugins = isPlugins;
        }

        /** From here on it is waited for. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // by the one thread that waits
        void begin() {
            turns++;
        }

        /** It came. */
        @SuppressWarnings("NonAtomicVolatileUpdate")
        void end() {
            turns++;
        }

        /** It will not be waited for again. */
        @Override
        public void close() {
            waits.remove(this);
        }

        private boolean isDue(long nanoTime) {
            int now = turns;
            if (now != seen || (now & 1) == 0 || !isPlugins.getAsBoolean()) {
                seen = now;
                since = nanoTime;
                next = patienceNanos;
                return false;
            }
            return nanoTime - since >= next;
        }
    }

    private final String plugin;
    private final long patienceNanos;
    private final Consumer<String> lines;
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet(); // as many as there are calls
    private volatile @Nullable Thread thread; // that looks
    private volatile boolean closed;

    LateAnswers(String plugin, Duration patience, Consumer<String> lines) {
        this.plugin = plugin;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
        this.lines = lines;
    }

    /** {@return the one for {@code command}, which looks already if anyone wants to hear of it} */
    static LateAnswers of(PluginCommand command) {
        LateAnswers late = new LateAnswers(command.name(), command.patience(), command.waiting());
        if (late.patienceNanos > 0) {
            late.thread = Thread.ofVirtual().name("kloset-late-answers").start(late::run);
        }
        return late;
    }

    /** {@return a wait for {@code what} the plugin has not done, which begins when it is said so} */
    Wait forThis(String what, BooleanSupplier isPlugins) {
        Wait wait = new Wait(what, isPlugins);
        if (patienceNanos > 0) {
            waits.add(wait);
        }
        return wait;
    }

    /** {@return a wait for the answer to a call, which has begun} */
    Wait forAnswer(String path) {
        Wait wait = forThis("answered " + path.substring(path.lastIndexOf('/') + 1), () -> true);
        wait.begin();
        return wait;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, patienceNanos / LOOKS_PER_PATIENCE);
            look(System.nanoTime());
        }
    }

    /** Look once. Of several that are late at once, the one that has been for longest speaks for all. */
    void look(long nanoTime) {
        Wait latest = null;
        int others = -1;
        for (Wait wait : waits) {
            if (wait.isDue(nanoTime)) {
                wait.next = wait.next > Long.MAX_VALUE / SPARSER ? Long.MAX_VALUE : wait.next * SPARSER;
                others++;
                if (latest == null || wait.since - latest.since < 0) {
                    latest = wait;
                }
            }
        }
        if (latest != null && !closed) {
            Duration time = Duration.ofNanos(nanoTime - latest.since);
            lines.accept("waiting for the plugin " + plugin + ", which has not " + latest.what + " for "
                    + (time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min")
                    + (others == 0 ? "" : others == 1 ? ", nor one other call" : ", nor " + others + " other calls"));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
