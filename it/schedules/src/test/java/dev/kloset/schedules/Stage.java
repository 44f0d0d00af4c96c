package dev.kloset.schedules;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the author's code is in its plan, and its way to do what every sort of code can do. Safe for several threads. */
final class Stage {

    /** Work of the author's own threads. */
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

    /** @param event what befalls the session while the author does what he must not */
    Stage(AuthorPlan plan, Runnable event) {
        this.plan = plan;
        this.event = event;
    }

    /** The SDK has called the author for work that takes its time. Afterwards {@link #leave}. */
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

    /** {@return what the author does at the next moment of a sort} */
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

    /** Do what needs no more than a thread to be done; other tricks are those of the caller. */
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
                // The caller's business.
            }
        }
    }

    /** As {@link #perform}, where no checked exception may be thrown: it is thrown all the same, as other languages do. */
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

    /** The author's code does not go on from here. */
    void nowStuck() {
        stuck.countDown();
        event.run();
    }

    /** Wait for the end of the session, whatever happens meanwhile. */
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

    /** Start a thread of the author's own. What it throws is lost, as in a future that is never asked. */
    Thread aside(Work work) {
        return start(() -> {
            try {
                work.run();
            } catch (Exception | Error e) {
                // The author does not look.
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

    /** Let everything go on that is stuck. */
    void release() {
        released.countDown();
    }

    /** {@return the author's own threads} */
    List<Thread> asides() {
        return asides;
    }
}
