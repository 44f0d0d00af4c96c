package dev.kloset.interop;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs things at the same time. */
final class AtOnce {

    private AtOnce() {}

    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** Run all tasks, each on a thread of its own; fail as the first one that failed. */
    static void run(Stream<Task> tasks) throws Exception {
        List<Callable<@Nullable Void>> calls = tasks.<Callable<@Nullable Void>>map(task -> () -> {
            task.run();
            return null;
        }).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<@Nullable Void> done : threads.invokeAll(calls)) {
                done.get();
            }
        }
    }
}
