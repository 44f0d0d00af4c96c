package dev.kloset.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same for many numbers, some at a time. */
final class AtOnce {

    private AtOnce() {}

    /** Something for one number. */
    interface Work {
        void of(int number) throws IOException, InterruptedException;
    }

    /** Do {@code work} for 0 to {@code count} - 1. If some fail, the first failure is thrown when all have ended. */
    static void run(int count, int atOnce, Work work) throws IOException, InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> {
                    work.of(number);
                    return null;
                });
            }
            for (Future<Void> done : workers.invokeAll(all)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
