package dev.kloset;

import java.io.IOException;

/**
 * Lists a source on several threads at once, and loses nothing that goes wrong on them. An importer whose server answers each
 * question after a while asks several at a time:
 *
 * {@snippet :
 * void importRecords(RecordSink records) {
 *     ParallelListing.with(16).run(tasks -> list("/", tasks, records));
 * }
 *
 * void list(String directory, ParallelListing.Tasks tasks, RecordSink records) {
 *     for (Entry entry : server.list(directory)) {
 *         records.emit(entry.record());
 *         if (entry.isDirectory()) {
 *             tasks.add(() -> list(entry.pathname(), tasks, records));
 *         }
 *     }
 * }
 * }
 *
 * <p>An executor does the same until one of its tasks fails: its exception stays in a future, a subtree is missing, and the
 * backup succeeds.
 *
 * <p><b>Threads and order.</b> Tasks run on as many virtual threads as there are workers, in no order, though mostly the newest
 * first: a tree is walked into its depth, so that few of its directories wait. The thread that called {@link #run} only waits.
 *
 * <p><b>Bounds.</b> At most as many tasks wait as {@link #withWaiting} says. A task beyond them runs at once, on the thread that
 * adds it, so adding never blocks for a free place, and cannot block for ever.
 *
 * <p><b>The end.</b> {@link #run} returns when all tasks have ended. When one of them throws, whatever it is, or the calling thread is
 * interrupted because the backup was cancelled, then those that wait are dropped, those that run are interrupted and waited for,
 * and {@link #run} throws the first failure, with the others as suppressed ones. No task runs after {@link #run} has ended: a task
 * must obey interruption and limit its own waits.
 *
 * <p>Immutable; {@link #run} may be called several times.
 */
public final class ParallelListing {

    private static final int DEFAULT_WAITING = 256;

    private final int workers;
    private final int waiting;

    private ParallelListing(int workers, int waiting) {
        if (workers < 1 || waiting < 1) {
            throw new IllegalArgumentException("a parallel listing needs a worker, and room for a task that waits");
        }
        this.workers = workers;
        this.waiting = waiting;
    }

    /** A part of a listing: asks the server, emits records, adds tasks. */
    @FunctionalInterface
    public interface Task {

        /**
         * Do it.
         *
         * @throws IOException if the listing as a whole cannot go on: a single unreadable path is an {@link ErrorRecord}
         * @throws InterruptedException if the listing is over
         */
        void run() throws IOException, InterruptedException;
    }

    /** The first part of a listing. */
    @FunctionalInterface
    public interface FirstTask {

        /** Do it, as {@link Task#run}, with {@code tasks} for what may be done beside it. */
        void run(Tasks tasks) throws IOException, InterruptedException;
    }

    /** Takes the tasks of one listing. For all of its threads, until its last task has ended. */
    public interface Tasks {

        /**
         * Have {@code task} run, soon, on another thread; or now, on this one, if too many wait.
         *
         * @throws IOException if it ran now and threw this; let it through
         * @throws InterruptedException if the listing is over, because a task failed or the backup was cancelled; let it
         *     through
         * @throws IllegalStateException if the listing has ended
         */
        void add(Task task) throws IOException, InterruptedException;
    }

    /**
     * {@return a listing with so many workers, and room for 256 tasks that wait}
     *
     * @param workers how many tasks run at once, at least 1
     */
    public static ParallelListing with(int workers) {
        return new ParallelListing(workers, DEFAULT_WAITING);
    }

    /** {@return the same with room for so many tasks that wait, at least 1} */
    public ParallelListing withWaiting(int tasks) {
        return new ParallelListing(workers, tasks);
    }

    /**
     * Run {@code first} and all tasks that are added meanwhile.
     *
     * @throws IOException what a task threw first, also if that is unchecked or an {@link Error}
     * @throws InterruptedException if the calling thread was interrupted, or a task threw it first
     */
    public void run(FirstTask first) throws IOException, InterruptedException {
        new ParallelListingRun(workers, waiting).run(first);
    }
}
