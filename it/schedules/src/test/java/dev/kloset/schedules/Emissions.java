package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every record that an author wanted to emit, and every one that came to the host. Safe for several threads. */
final class Emissions {

    private static final class Attempt {
        private final String pathname;
        private final boolean late;
        private final boolean inListener;
        private final AtomicInteger told = new AtomicInteger();
        private volatile boolean returned;
        private volatile boolean tooLate; // it may have begun before the end of the listing, and come after it
        private volatile @Nullable Throwable failure;

        Attempt(String pathname, boolean late, boolean inListener) {
            this.pathname = pathname;
            this.late = late;
            this.inListener = inListener;
        }
    }

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ThreadLocal<Boolean> listening = ThreadLocal.withInitial(() -> false);
    private volatile boolean workerDied;

    // ---- of the author

    void emit(RecordSink sink, String pathname, ConnectorRecord record, Consumer<ConnectorResult> listener)
            throws IOException, InterruptedException {
        Attempt attempt = new Attempt(pathname, over.getCount() == 0, listening.get());
        attempts.add(attempt);
        try {
            sink.emit(record, result -> {
                attempt.told.incrementAndGet();
                listening.set(true);
                try {
                    listener.accept(result);
                } finally {
                    listening.set(false);
                }
            });
            attempt.returned = true;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            attempt.tooLate = e instanceof IllegalStateException && over.getCount() == 0;
            attempt.failure = e;
            throw e;
        }
    }

    /** A thread that emitted is about to die of an exception while the listing goes on. */
    void workerDies() {
        workerDied = true;
    }

    /** The listing is about to return. */
    void over() {
        over.countDown();
    }

    void awaitOver() throws InterruptedException {
        over.await();
    }

    // ---- of the host

    void received(ConnectorRecord record) {
        received.computeIfAbsent(record.pathname(), _ -> new AtomicInteger()).incrementAndGet();
    }

    int receivedCount() {
        return received.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** When all threads have gone. */
    void judge(boolean ok, Queue<String> defects) {
        for (Attempt attempt : attempts) {
            judge(attempt, ok, defects);
        }
        if (ok && workerDied) {
            defects.add("a thread that had emitted died, and the import succeeded");
        }
        if (ok) {
            received.forEach((pathname, count) -> {
                long handed = attempts.stream().filter(a -> a.returned && a.pathname.equals(pathname)).count();
                if (handed != count.get()) {
                    defects.add(pathname + " was emitted " + handed + " times and came " + count + " times");
                }
            });
        }
    }

    private void judge(Attempt attempt, boolean ok, Queue<String> defects) {
        String what = "the emit of " + attempt.pathname + (attempt.inListener ? " in a listener" : "")
                + (attempt.late ? " after the listing's end" : "");
        if (!attempt.returned && attempt.failure == null) {
            defects.add(what + " never ended");
        }
        if (attempt.returned && attempt.inListener) {
            defects.add(what + " returned");
        }
        if (attempt.told.get() > 1) {
            defects.add(what + " was answered " + attempt.told + " times");
        }
        if (ok && attempt.returned && !received.containsKey(attempt.pathname)) {
            defects.add(what + " returned, the import succeeded, and the record never came");
        }
        if (ok && attempt.returned && !attempt.inListener && attempt.told.get() == 0) {
            defects.add(what + " was never answered in an import that succeeded");
        }
        if (ok && attempt.failure != null && !attempt.late && !(attempt.tooLate && !attempt.inListener)) {
            defects.add(what + " failed (" + attempt.failure + "), and the import succeeded");
        }
    }
}
