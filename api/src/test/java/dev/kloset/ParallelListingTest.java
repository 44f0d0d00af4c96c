package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelListingTest {

    /** As a tree of directories, each with {@code width} below it. */
    private static void walk(String path, int depth, int width, ParallelListing.Tasks tasks, Set<String> seen)
            throws IOException, InterruptedException {
        assertThat(seen.add(path)).as("listed once").isTrue();
        for (int i = 0; depth > 0 && i < width; i++) {
            String below = path + "/" + i;
            tasks.add(() -> walk(below, depth - 1, width, tasks, seen));
        }
    }

    @Test
    void everyTaskRunsOnce() throws Exception {
        for (int workers : List.of(1, 2, 16)) {
            for (int waiting : List.of(1, 3, 1000)) {
                Set<String> seen = ConcurrentHashMap.newKeySet();
                ParallelListing.with(workers)
                        .withWaiting(waiting)
                        .run(tasks -> walk("", 6, 4, tasks, seen));
                assertThat(seen).hasSize(1 + 4 + 16 + 64 + 256 + 1024 + 4096);
            }
        }
    }

    @Test
    void asManyRunAtOnceAsThereAreWorkersAndNoMore() throws Exception {
        CyclicBarrier all = new CyclicBarrier(5);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ParallelListing.with(5).run(tasks -> {
            for (int i = 0; i < 50; i++) {
                tasks.add(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    await(all);
                    running.decrementAndGet();
                });
            }
        });
        assertThat(most).hasValue(5);
    }

    private static void await(CyclicBarrier barrier) throws IOException, InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IOException(e);
        }
    }

    @Test
    void theExceptionOfATaskIsThrownOnceAllHaveEnded() {
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(3);
        IOException failure = new IOException("access denied: /secret");
        assertThatThrownBy(() -> ParallelListing.with(4).run(tasks -> {
            for (int i = 0; i < 3; i++) {
                tasks.add(() -> {
                    try {
                        others.countDown();
                        new CountDownLatch(1).await();
                    } finally {
                        ended.incrementAndGet();
                    }
                });
            }
            others.await();
            throw failure;
        })).isSameAs(failure);
        assertThat(ended).as("the others were interrupted, and waited for").hasValue(3);
    }

    @Test
    void laterFailuresAreSuppressed() {
        CyclicBarrier both = new CyclicBarrier(2);
        assertThatThrownBy(() -> ParallelListing.with(2).run(tasks -> {
            for (String name : List.of("one", "other")) {
                tasks.add(() -> {
                    await(both);
                    throw new IllegalStateException(name);
                });
            }
        })).isInstanceOf(IllegalStateException.class).satisfies(first -> {
            assertThat(first.getSuppressed()).hasSize(1);
            assertThat(List.of(first.getMessage(), first.getSuppressed()[0].getMessage()))
                    .containsExactlyInAnyOrder("one", "other");
        });
    }

    @Test
    void errorsAreThrownAsTheyAre() {
        AssertionError error = new AssertionError("not as expected");
        assertThatThrownBy(() -> ParallelListing.with(2)
                .run(tasks -> tasks.add(() -> {
                    throw error;
                }))).isSameAs(error);
    }

    @Test
    void noTaskBeginsAfterAFailure() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> ParallelListing.with(1).run(tasks -> {
            tasks.add(begun::incrementAndGet);
            throw new IOException("the source is gone");
        })).hasMessage("the source is gone");
        assertThat(begun).hasValue(0);
    }

    @Test
    void interruptingTheCallerReachesEveryWorker() throws Exception {
        CountDownLatch started = new CountDownLatch(3);
        AtomicInteger interrupted = new AtomicInteger();
        BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                ParallelListing.with(3).run(tasks -> {
                    for (int i = 0; i < 3; i++) {
                        tasks.add(() -> {
                            started.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.incrementAndGet();
                                throw e;
                            }
                        });
                    }
                });
                outcome.add("no exception");
            } catch (Exception e) {
                outcome.add(e);
            }
        });
        started.await();
        caller.interrupt();
        assertThat(outcome.take()).isInstanceOf(InterruptedException.class);
        assertThat(interrupted).hasValue(3);
    }

    @Test
    void aFlagThatATaskLeavesBehindDoesNotReachTheNextOne() throws Exception {
        List<Boolean> flags = new ArrayList<>();
        ParallelListing.with(1).run(tasks -> {
            for (int i = 0; i < 3; i++) {
                tasks.add(() -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                });
            }
        });
        assertThat(flags).containsExactly(false, false, false);
    }

    @Test
    void aTaskThatIsAddedToAFullListingRunsWhereItIsAdded() throws Exception {
        List<Thread> ran = new ArrayList<>();
        ParallelListing.with(1).withWaiting(1).run(tasks -> {
            tasks.add(() -> {});
            tasks.add(() -> ran.add(Thread.currentThread()));
            assertThat(ran).containsExactly(Thread.currentThread());
        });
    }

    @Test
    void nothingCanBeAddedToAListingThatHasEnded() throws Exception {
        CompletableFuture<ParallelListing.Tasks> leaked = new CompletableFuture<>();
        ParallelListing.with(1).run(leaked::complete);
        assertThatIllegalStateException().isThrownBy(() -> leaked.join().add(() -> {}))
                .withMessage("the listing has ended: a task comes too late");
    }
}
