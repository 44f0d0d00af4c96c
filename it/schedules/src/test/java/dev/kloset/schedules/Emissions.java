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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every record that an author tried to emit, and every one that reached the host. Safe for several threads. */
final class Emissions {

    /** How many records the SDK lets out without an acknowledgement. */
    private static final int ROOM = 1024;
    private static final long BOUND_SECONDS = 30;

    private static final class Attempt {
        private final String pathname;
        private final boolean late;
        private final boolean inListener;
        private final AtomicInteger told = new AtomicInteger();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean returned;
        private volatile boolean tooLate; // the emission may have begun before the end of the listing, and arrived after it
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
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final AtomicInteger came = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile boolean frozen;
    private volatile boolean workerDied;

    // ---- the author's side

    void emit(RecordSink sink, String pathname, ConnectorRecord record, Consumer<ConnectorResult> listener)
            throws IOException, InterruptedException {
        Attempt attempt = new Attempt(pathname, over.getCount() == 0, listening.get());
        inside.incrementAndGet();
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
            returned.incrementAndGet();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            attempt.tooLate = e instanceof IllegalStateException && over.getCount() == 0;
            attempt.failure = e;
            throw e;
        } finally {
            inside.decrementAndGet();
            attempt.ended.countDown();
        }
    }

    /** Record that a thread that emitted is about to die of an exception while the listing goes on. */
    void workerDies() {
        workerDied = true;
    }

    /** Record that the listing is about to return. */
    void over() {
        over.countDown();
    }

    void awaitOver() throws InterruptedException {
        over.await();
    }

    /** Make the host acknowledge nothing until the listing, and with it every emit, has ended. */
    void freeze() {
        frozen = true;
    }

    /** {@return whether no record can be sent before the host acknowledges one} */
    boolean isRoomFull() {
        return returned.get() - acknowledged.get() >= ROOM;
    }

    // ---- the host's side

    /** {@return whether the host must not acknowledge anything now} */
    boolean isFrozen() {
        return frozen && (over.getCount() > 0 || inside.get() > 0 || came.get() < returned.get());
    }

    /** Record that the host is about to acknowledge a record. */
    void acknowledging() {
        acknowledged.incrementAndGet();
    }

    void received(ConnectorRecord record) {
        int count = came.incrementAndGet();
        mostOpen.accumulateAndGet(count - acknowledged.get(), Math::max);
        received.computeIfAbsent(record.pathname(), _ -> new AtomicInteger()).incrementAndGet();
    }

    int receivedCount() {
        return came.get();
    }

    /** Judge the emissions, after all threads have gone. */
    void judge(boolean ok, Queue<String> defects) throws InterruptedException {
        if (mostOpen.get() > ROOM) {
            defects.add(mostOpen + " records came that were not acknowledged");
        }
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

    private void judge(Attempt attempt, boolean ok, Queue<String> defects) throws InterruptedException {
        String what = "the emit of " + attempt.pathname + (attempt.inListener ? " in a listener" : "")
                + (attempt.late ? " after the listing's end" : "");
        // A listener may still be running: its thread is the SDK's, for which nothing else here waits.
        if (!attempt.ended.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
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
