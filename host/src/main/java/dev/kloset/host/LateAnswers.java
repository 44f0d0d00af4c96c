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
 * Reports what a plugin keeps its host waiting for: after a while, after ten times as long, and so on. A thread of its own
 * looks for late answers; it exists only if there is a listener. Any thread may wait.
 */
final class LateAnswers implements AutoCloseable {

    private static final int SPARSER = 10;
    private static final int LOOKS_PER_PATIENCE = 4;

    /** One thing for which a thread waits repeatedly. */
    final class Wait implements AutoCloseable {

        private final String what;
        private final BooleanSupplier isPlugins;
        private volatile int turns; // odd while a thread waits; only that thread changes it
        private int seen; // the remaining fields belong to the watching thread
        private long since;
        private long next;

        private Wait(String what, BooleanSupplier isPlugins) {
            this.what = what;
            this.isPlugins = isPlugins;
        }

        /** Begin to wait. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // only the waiting thread writes it
        void begin() {
            turns++;
        }

        /** End the wait, because the plugin has delivered. */
        @SuppressWarnings("NonAtomicVolatileUpdate")
        void end() {
            turns++;
        }

        /** End this for good: no thread will wait for it again. */
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
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet(); // bounded by the number of calls
    private volatile @Nullable Thread thread; // the watching thread
    private volatile boolean closed;

    LateAnswers(String plugin, Duration patience, Consumer<String> lines) {
        this.plugin = plugin;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
        this.lines = lines;
    }

    /** {@return the watcher for {@code command}} It is already watching if there is a listener. */
    static LateAnswers of(PluginCommand command) {
        LateAnswers late = new LateAnswers(command.name(), command.patience(), command.waiting());
        if (late.patienceNanos > 0) {
            late.thread = Thread.ofVirtual().name("kloset-late-answers").start(late::run);
        }
        return late;
    }

    /** {@return a wait for {@code what} the plugin has not done, which has yet to begin} */
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

    /** Look once. If several waits are late at once, the longest one speaks for all. */
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
