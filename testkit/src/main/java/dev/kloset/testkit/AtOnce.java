package dev.kloset.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Several steps of a check at the same time. Each ends by itself, since every wait in it has its time. */
final class AtOnce {

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>(); // one per step

    void start(Bench.Step<?> step) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                step.run();
            } catch (Exception e) {
                failures.add(e);
            }
        }));
    }

    /** Wait for all steps. Fails as the first of them has failed. */
    void await() throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        Exception first = failures.peek();
        if (first != null) {
            throw first;
        }
    }
}
