package dev.kloset.schedules;

import dev.kloset.schedules.Plan.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs schedules of hostile authors, several at a time: an author who does not answer takes time, not processor time. */
final class AuthorSchedules {

    /** The number of sessions after which to look for leaks. */
    private static final int BATCH = 50;
    private static final int BESIDE = 8;

    private final Kind kind;
    private final Path directory;
    private final Contents contents;
    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    private final ReadWriteLock processors = new ReentrantReadWriteLock(true);
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    AuthorSchedules(Kind kind, Path directory) throws IOException {
        this.kind = kind;
        this.directory = directory;
        this.contents = new Contents(directory);
    }

    /** {@return how many sessions ended in which way} */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** {@return how far the run has come, and what runs now} */
    String progress() {
        return outcomes + " running " + running;
    }

    /** {@return the defects, with plan, seed and the command that repeats the schedule} Ends early after {@code enough} defects. */
    List<String> run(long first, int count, int enough) throws IOException, InterruptedException {
        one(0); // loads the classes that Java loads once
        Leaks leaks = new Leaks(directory);
        for (int done = 0; done < count && failures.size() < enough; done += BATCH) {
            long from = first + done;
            int size = Math.min(BATCH, count - done);
            beside(from, size);
            check(leaks, from, size);
        }
        return new ArrayList<>(failures);
    }

    /** {@return the defects of one schedule, run several times} */
    List<String> repeat(long seed, int times) throws IOException, InterruptedException {
        one(seed);
        Leaks leaks = new Leaks(directory);
        for (int i = 1; i < times; i++) {
            one(seed);
        }
        check(leaks, seed, 1);
        return new ArrayList<>(failures);
    }

    private void beside(long from, int size) throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < BESIDE; i++) {
            threads.add(Thread.ofPlatform().daemon().name("schedule").start(() -> {
                for (long seed = next.getAndIncrement(); seed < from + size; seed = next.getAndIncrement()) {
                    one(seed);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void one(long seed) {
        AuthorPlan plan = AuthorPlan.of(kind, seed);
        Lock lock = plan.isGreedy() ? processors.writeLock() : processors.readLock();
        lock.lock();
        running.add(seed);
        try {
            outcomes.merge(new AuthorSession(plan, contents.beside()).run(), 1, Integer::sum);
        } catch (AssertionError | RuntimeException | InterruptedException e) {
            StringBuilder trace = new StringBuilder();
            for (StackTraceElement frame : e.getStackTrace()) {
                trace.append("\n    at ").append(frame);
            }
            failures.add(e.getMessage() + "\nin " + plan + "\nrepeat with: " + plan.command() + trace);
        } finally {
            running.remove(seed);
            lock.unlock();
        }
    }

    private void check(Leaks leaks, long from, int size) throws IOException {
        try {
            leaks.check();
        } catch (AssertionError e) {
            failures.add(e.getMessage() + "\nafter the schedules " + from + " to " + (from + size - 1) + " of " + kind);
        }
    }
}
