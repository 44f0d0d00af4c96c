package dev.kloset;

import java.io.IOException;

/**
 * Lists a source on several threads at once, and loses none of their failures. If the server takes a while to answer each
 * request, send several at a time:
 *
 * {@snippet :
 * void importRecords(RecordSink records) {
 *     ParallelListing.with(16).run(tasks -> list("/", tasks, records));
 * }
 *
 * void list(String directory, ParallelListing.Tasks tasks, RecordSink records) { for (Entry entry : server.list(directory)) {
 * records.emit(entry.record()); if (entry.isDirectory()) { tasks.add(() -> list(entry.pathname(), tasks, records)); } } } }
 *
 * <p>An executor does the same until one of its tasks fails: its exception stays in a future, a subtree is missing, and the
 * backup succeeds.
 *
 * <p><b>Threads and order.</b> Tasks run on as many virtual threads as there are workers, in no guaranteed order, though mostly
 * the newest first: a tree is walked depth first, so that few of its directories wait. The thread that called {@link #run} only
 * waits.
 *
 * <p><b>Bounds.</b> {@link #withWaiting} sets how many tasks may wait. A further task runs at once, on the thread that adds it,
 * so adding never waits for a free place, and cannot block for ever.
 *
 * <p><b>The end.</b> {@link #run} returns when all tasks have ended. When one of them throws anything, or the calling thread is
 * interrupted because the backup was cancelled, {@link #run} drops the tasks that wait, interrupts those that run, waits for
 * these to end, and throws the first failure, with the others as suppressed exceptions. No task runs after {@link #run} has
 * ended: a task must obey interruption and limit its own waits.
 *
 * <p>Immutable; {@link #run} may be called several times.
 */
public final class ParallelListing {

    private static final int DEFAULT_WAITING = 256;

    private final int workers;
    private final int waiting;

    private ParallelListing(int workers, int waiting) {
        if (workers < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "a parallel listing needs at least one worker, and room for one waiting task");
        }
        this.workers = workers;
        this.waiting = waiting;
    }

    /** A part of a listing: asks the server, emits records, adds tasks. */
    @FunctionalInterface
    public interface Task {

        /**
         * Run the task.
         *
         * @throws IOException if the listing as a whole cannot continue: a single unreadable path is an {@link ErrorRecord}
         * @throws InterruptedException if the listing is over
         */
        void run() throws IOException, InterruptedException;
    }

    /** The first part of a listing. */
    @FunctionalInterface
    public interface FirstTask {

        /** Run the task, as {@link Task#run}; add to {@code tasks} what may run beside it. */
        void run(Tasks tasks) throws IOException, InterruptedException;
    }

    /** Takes the tasks of one listing. For all of its threads, until its last task has ended. */
    public interface Tasks {

        /**
         * Run {@code task} soon, on another thread; or now, on this one, if too many tasks wait.
         *
         * @throws IOException if it ran now and threw this; let it through
         * @throws InterruptedException if the listing is over, because a task failed or the backup was cancelled; let it through
         * @throws IllegalStateException if the listing has ended
         */
        void add(Task task) throws IOException, InterruptedException;
    }

    /**
     * {@return a listing with that many workers, and room for 256 waiting tasks}
     *
     * @param workers how many tasks run at once, at least 1
     */
    public static ParallelListing with(int workers) {
        return new ParallelListing(workers, DEFAULT_WAITING);
    }

    /** {@return the same listing with room for that many waiting tasks, at least 1} */
    public ParallelListing withWaiting(int tasks) {
        return new ParallelListing(workers, tasks);
    }

    /**
     * Run {@code first} and all tasks that are added meanwhile.
     *
     * @throws IOException the first exception of a task; an unchecked exception or an {@link Error} is thrown as it is
     * @throws InterruptedException if the calling thread was interrupted, or a task threw it first
     */
    public void run(FirstTask first) throws IOException, InterruptedException {
        new ParallelListingRun(workers, waiting).run(first);
    }
}
