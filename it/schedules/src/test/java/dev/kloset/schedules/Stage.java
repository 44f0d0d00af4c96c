package dev.kloset.schedules;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** How far the author's code has come in its plan, and the tricks that any code can play. Safe for several threads. */
final class Stage {

    /** Work for the author's own threads. */
    interface Work {
        void run() throws Exception;
    }

    private final AuthorPlan plan;
    private final Runnable event;
    private final Map<String, AtomicInteger> moments = new ConcurrentHashMap<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Thread> asides = new CopyOnWriteArrayList<>();

    /**
     * @param event happens to the session while the author misbehaves
     */
    Stage(AuthorPlan plan, Runnable event) {
        this.plan = plan;
        this.event = event;
    }

    /** Record that the SDK has called the author for work that takes time. Afterwards, call {@link #leave}. */
    void enter() {
        inside.incrementAndGet();
    }

    void leave() {
        inside.decrementAndGet();
    }

    /** {@return how many such calls have not returned} */
    int inside() {
        return inside.get();
    }

    /** {@return the author's trick at the next moment of a sort} */
    Trick next(String sort) {
        return at(sort, moments.computeIfAbsent(sort, _ -> new AtomicInteger()).getAndIncrement());
    }

    Trick at(String sort, int moment) {
        Trick trick = plan.tricks().getOrDefault(sort, Map.of()).getOrDefault(moment, Trick.NONE);
        if (trick != Trick.NONE && !trick.isEndless()) {
            event.run();
        }
        return trick;
    }

    /** Play a trick that needs only a thread; other tricks are left to the caller. */
    void perform(Trick trick) throws IOException, InterruptedException {
        switch (trick) {
            case IO_EXCEPTION -> throw new IOException("the far end is broken");
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("the author is tired");
            case ASSERTION_ERROR -> throw new AssertionError("the author was wrong");
            case STACK_OVERFLOW -> throw new StackOverflowError();
            case LINKAGE_ERROR -> throw new NoClassDefFoundError("com/example/Missing");
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("for a schedule");
            case INTERRUPTED_EXCEPTION -> throw new InterruptedException("of the author's own");
            case FLAG -> Thread.currentThread().interrupt();
            case HANG -> {
                nowStuck();
                released.await();
            }
            case DEAF -> {
                nowStuck();
                deaf();
            }
            case SPIN -> {
                nowStuck();
                while (released.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
            case CHANNEL -> new StuckChannel(this).use();
            default -> {
                // The caller plays these.
            }
        }
    }

    /**
     * Like {@link #perform}, for methods that must not throw checked exceptions: it throws them nevertheless, as other
     * languages do.
     */
    void performUnchecked(Trick trick) {
        try {
            perform(trick);
        } catch (IOException | InterruptedException e) {
            throw Stage.<RuntimeException>sneaky(e);
        }
    }

    @SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // that is the trick
    private static <T extends Throwable> T sneaky(Throwable e) throws T {
        throw (T) e;
    }

    /** Record that the author's code is now stuck. */
    void nowStuck() {
        stuck.countDown();
        event.run();
    }

    /** Wait for the end of the session, ignoring interrupts. */
    void deaf() {
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isStuck() {
        return stuck.getCount() == 0;
    }

    CountDownLatch stuck() {
        return stuck;
    }

    CountDownLatch released() {
        return released;
    }

    /** Start a thread of the author's own. Its exception is lost, as in a future whose result is never read. */
    Thread aside(Work work) {
        return start(() -> {
            try {
                work.run();
            } catch (Exception | Error e) {
                // The author ignores the result.
            }
        });
    }

    Thread start(Runnable work) {
        Thread thread = (plan.virtual() ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).name("the author's")
                .unstarted(work);
        thread.start();
        asides.add(thread);
        return thread;
    }

    /** Release all code that is stuck. */
    void release() {
        released.countDown();
    }

    /** {@return the author's own threads} */
    List<Thread> asides() {
        return asides;
    }
}
