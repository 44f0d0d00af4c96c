package dev.kloset.testkit.clause;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs several tasks at the same time, each on a thread of its own, for checks and tests. */
public final class Concurrently {

    private Concurrently() {}

    /** One of the tasks. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /**
     * Run all tasks and wait until all have ended. If some fail, throws the failure of the first of them in the order of {@code
     * tasks}. An interrupt of the caller interrupts the tasks.
     */
    public static void run(Stream<? extends Task> tasks) throws Exception {
        List<Callable<@Nullable Void>> calls = tasks.map(Concurrently::call).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<@Nullable Void> done : threads.invokeAll(calls)) {
                done.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    private static Callable<@Nullable Void> call(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }
}
