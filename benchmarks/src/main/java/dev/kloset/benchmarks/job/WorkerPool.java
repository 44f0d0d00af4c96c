package dev.kloset.benchmarks.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same work for many numbers, with a limited number of workers. */
public final class WorkerPool {

    private WorkerPool() {}

    /** Work for one number. */
    public interface Work {
        void of(int number) throws IOException, InterruptedException;
    }

    /** Do {@code work} for 0 to {@code count} - 1. If some fail, throw the first failure after all have ended. */
    public static void forEach(int count, int workers, Work work) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(workers, Thread.ofVirtual().factory())) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> {
                    work.of(number);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(all)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
