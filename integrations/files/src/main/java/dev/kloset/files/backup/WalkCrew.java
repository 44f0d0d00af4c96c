package dev.kloset.files.backup;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads that share one piece of work. They are platform threads, so that a thread whose file system does
 * not answer holds up no other. The first failure interrupts all of them. Used by the thread that runs it and by its members.
 */
final class WalkCrew {

    /** More walkers would only make the disk seek. */
    private static final int MAX_SIZE = 64;

    /** How long to wait after an interrupt; a thread that waits for a dead file system does not notice it. */
    private static final Duration LAST_WORK = Duration.ofSeconds(2);

    private static final int LOOKS = 4;

    /** How long a source may be silent. */
    record Patience(Duration beforeSaying, Duration beforeGivingUp) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    /** The work of one member, from start to end. */
    @FunctionalInterface
    interface Work {
        void run(WalkMember member) throws IOException, InterruptedException;
    }

    /** Makes members, and does without those whose file system does not answer. */
    interface Lead {
        WalkMember newMember();

        /** Do without a member that will never finish its work. */
        void doWithoutOne();
    }

    /** A member, and what it was doing when it was last examined. */
    private static final class Seat {
        private final WalkMember member;
        private final Thread thread;
        private long steps = -1;
        private long since;
        private boolean said;

        Seat(WalkMember member, Thread thread) {
            this.member = member;
            this.thread = thread;
        }

        boolean isIdle() {
            return member.at() == null;
        }

        boolean isSilentFor(Duration time, long now) {
            return !isIdle() && now - since >= time.toNanos();
        }
    }

    private final int size;
    private final Work work;
    private final Lead lead;
    private final Patience patience;
    private final System.Logger log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final List<Seat> seats = new ArrayList<>(); // guarded by lock; those that have not ended
    private volatile int started; // written under lock
    private @Nullable Throwable failure; // guarded by lock
    private boolean closing; // guarded by lock

    WalkCrew(int size, Work work, Lead lead, Patience patience, System.Logger log) {
        this.size = Math.clamp(size, 1, MAX_SIZE);
        this.work = work;
        this.lead = lead;
        this.patience = patience;
        this.log = log;
    }

    /** Add a member, unless there are enough of them. */
    void grow() {
        if (started >= size) {
            return;
        }
        lock.lock();
        try {
            if (started < size && !closing) {
                int number = started;
                started = number + 1;
                WalkMember member = lead.newMember();
                Thread thread = Thread.ofPlatform()
                        .daemon()
                        .name("files-walk-" + number)
                        .unstarted(() -> serve(member));
                seats.add(new Seat(member, thread));
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void serve(WalkMember member) {
        Throwable thrown = null;
        try {
            work.run(member);
        } catch (Throwable e) {
            thrown = e;
        }
        lock.lock();
        try {
            boolean isCounted = seats.removeIf(seat -> seat.member == member);
            if (thrown != null && isCounted) {
                fail(thrown);
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
            interruptAll();
        } else if (!failure.equals(thrown) && !(thrown instanceof InterruptedException)) {
            failure.addSuppressed(thrown);
        }
    }

    private void interruptAll() {
        closing = true;
        for (Seat seat : seats) {
            seat.thread.interrupt();
        }
    }

    /**
     * Work until all members have ended, or all except some for which the source does not answer. Throws the first failure.
     *
     * @return the paths for which those members wait
     */
    List<String> run() throws IOException, InterruptedException {
        grow();
        lock.lock();
        try {
            List<String> unanswered = awaitMembers();
            closing = true;
            rethrow();
            return unanswered;
        } finally {
            lock.unlock();
        }
    }

    private List<String> awaitMembers() {
        List<String> unanswered = new ArrayList<>();
        long pause = Math.max(1, patience.beforeSaying().toNanos() / LOOKS);
        long left = LAST_WORK.toNanos();
        while (!seats.isEmpty() && left > 0) {
            try {
                if (failure != null) {
                    left = ended.awaitNanos(left);
                } else {
                    ended.awaitNanos(pause);
                    look(System.nanoTime(), unanswered);
                }
            } catch (InterruptedException e) {
                fail(e);
            }
        }
        return unanswered;
    }

    private void look(long now, List<String> unanswered) {
        boolean onlySilent = true;
        for (Seat seat : seats) {
            note(seat, now);
            onlySilent &= seat.isIdle() || seat.isSilentFor(patience.beforeGivingUp(), now);
        }
        if (onlySilent) {
            seats.removeIf(seat -> giveUp(seat, unanswered));
        }
    }

    private void note(Seat seat, long now) {
        long steps = seat.member.steps();
        if (steps != seat.steps || seat.isIdle() || seat.member.isEmitting()) {
            seat.steps = steps;
            seat.since = now;
            seat.said = false;
        } else if (!seat.said && seat.isSilentFor(patience.beforeSaying(), now)) {
            seat.said = true;
            log.log(Level.WARNING, "still waiting for {0}: its file system has not answered for {1} s",
                    seat.member.at(), Long.toString(patience.beforeSaying().toSeconds()));
        }
    }

    private boolean giveUp(Seat seat, List<String> unanswered) {
        String at = seat.member.at();
        if (at == null || !seat.member.giveUp()) {
            return false;
        }
        unanswered.add(at);
        lead.doWithoutOne();
        return true;
    }

    private void rethrow() throws IOException, InterruptedException {
        Throwable first = failure;
        if (first == null) {
            return; // before the switch: a switch over types is linked at its first use, which takes long
        }
        switch (first) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }
}
