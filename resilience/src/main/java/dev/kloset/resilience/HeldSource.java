package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One hold, from before it is taken until after its release. */
final class HeldSource {

    private static final System.Logger LOG = System.getLogger("dev.kloset.lease");
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(30);
    private static final int PAUSES = 12; // number of pauses in the length of a lease

    private final String source;
    private final SourceHold hold;
    private final Duration length;
    private final HoldNote note;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private boolean released; // guarded by lock, as all below; or about to be
    private @Nullable IOException lost;
    private @Nullable Exception failure; // the failure of the listing
    private @Nullable Thread listing; // the listing thread, while it may be interrupted
    private @Nullable Thread renewing;
    private @Nullable Thread releasing;
    private Instant until = Instant.MIN; // the time last given to the source
    private volatile boolean mayStillBeTaken; // an abandoned attempt to take the hold may still succeed

    HeldSource(String source, SourceHold hold, Duration length, HoldNote note) {
        this.source = source;
        this.hold = hold;
        this.length = length;
        this.note = note;
    }

    String name() {
        return note.name();
    }

    /** Let the source end what is left of processes that nothing here knows of. */
    void sweep() throws InterruptedException {
        try {
            IdleTimeout.of(patience()).call("look for abandoned holds", () -> {
                hold.sweep(Instant.now().minus(length));
                return true;
            });
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, source + " may still be held by processes that were killed: " + Sentence.of(e));
        }
    }

    private Duration patience() {
        return length.compareTo(LONGEST_RELEASE) < 0 ? length : LONGEST_RELEASE;
    }

    /** Take the hold, and keep it from now on. */
    void acquire() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String what = "hold " + source + " as it is";
        boolean[] ended = new boolean[1]; // written before the call returns, unless the attempt outlives the call
        try {
            IdleTimeout.of(length.multipliedBy(2).dividedBy(3)).call(what, () -> {
                try {
                    hold.acquire(name(), nextEnd());
                    return true;
                } finally {
                    ended[0] = true;
                }
            });
        } catch (ConnectorException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot " + what + ": " + Sentence.of(e), e);
        } finally {
            mayStillBeTaken = !ended[0];
        }
        lock.lock();
        try {
            if (!released) {
                renewing = Thread.ofVirtual().name("kloset-lease").start(() -> renew(begin));
            }
        } finally {
            lock.unlock();
        }
    }

    private Instant nextEnd() {
        lock.lock();
        try {
            until = Instant.now().plus(length);
            return until;
        } finally {
            lock.unlock();
        }
    }

    private void renew(long begin) {
        long third = length.toNanos() / 3;
        long end = begin + length.toNanos();
        long next = begin + third;
        while (pause(next)) {
            long now = System.nanoTime();
            try {
                if (now >= end) {
                    throw new IOException("it expired before it could be extended");
                }
                IdleTimeout.of(Duration.ofNanos(Math.min(third, end - now))).call("extend it", () -> {
                    hold.extend(name(), nextEnd());
                    return true;
                });
                end = now + length.toNanos();
                next = now + third;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                next = System.nanoTime() + length.toNanos() / PAUSES;
                if (!(e instanceof IOException mild && Retry.mayPass(mild)) || next >= end) {
                    lose(e);
                    return;
                }
                LOG.log(Level.DEBUG, "cannot extend " + name() + " on " + source + ", trying again", e);
            }
        }
    }

    /** {@return whether the hold is still needed after a pause} */
    private boolean pause(long deadline) {
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (!released && left > 0) {
                left = over.awaitNanos(left);
            }
            return !released;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void lose(Exception reason) {
        lock.lock();
        try {
            if (released) {
                return;
            }
            lost = new ConnectorException(ErrorKind.TRANSIENT, source
                    + " is no longer held, so what is read now may not match what was read before", reason);
            LOG.log(Level.ERROR, Sentence.of(lost));
            if (listing != null) {
                listing.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Fail unless the source is still held. */
    void check() throws IOException {
        lock.lock();
        try {
            if (lost != null) {
                throw new ConnectorException(ErrorKind.TRANSIENT, Sentence.of(lost));
            }
            if (released) {
                throw new IOException(source + " is no longer held: the import "
                        + (failure == null ? "is over" : "has failed: " + Sentence.of(failure)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the result of {@code work}} If the hold is lost, interrupts the work and fails for that reason. */
    <T> T list(IoCall<T> work) throws IOException, InterruptedException {
        listing(Thread.currentThread());
        T result;
        try {
            result = work.make();
        } catch (IOException | InterruptedException | RuntimeException e) {
            failed(e);
            throw e;
        } finally {
            listing(null);
            if (isLost()) {
                Thread.interrupted(); // this interrupt is ours and must not reach the code that follows
            }
        }
        check();
        return result;
    }

    /** The loss comes first: any other failure is its consequence, or no longer matters. */
    private void failed(Exception reason) throws IOException {
        lock.lock();
        try {
            failure = reason;
        } finally {
            lock.unlock();
        }
        if (isLost()) {
            check();
        }
    }

    private void listing(@Nullable Thread thread) {
        lock.lock();
        try {
            listing = thread;
        } finally {
            lock.unlock();
        }
    }

    private boolean isLost() {
        lock.lock();
        try {
            return lost != null;
        } finally {
            lock.unlock();
        }
    }

    /** End the hold, and wait for the end. The wait is short and ignores interrupts, because a cancelled import comes here too. */
    void release() {
        Thread thread = releaseSoon();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** End the hold, once. {@return the thread that does so, which may have started long ago} */
    Thread releaseSoon() {
        lock.lock();
        try {
            if (releasing == null) {
                released = true;
                over.signalAll();
                if (renewing != null) {
                    renewing.interrupt();
                }
                releasing = Thread.ofVirtual().name("kloset-release").start(this::releaseThis);
            }
            return releasing;
        } finally {
            lock.unlock();
        }
    }

    private void releaseThis() {
        try {
            if (releaseNow(name()) && !mayStillBeTaken) {
                note.remove();
                return;
            }
        } catch (InterruptedException e) {
            // No code interrupts this thread. If it happened, the note would stay, which is right.
        }
        note.leave();
    }

    /** {@return whether the hold {@code name}, of this process or of a dead one, is over} If it is not, the user has been warned. */
    boolean releaseNow(String name) throws InterruptedException {
        try {
            return IdleTimeout.of(patience()).call("release it", () -> {
                hold.release(name);
                return true;
            });
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, source + " is still held by " + name + ": " + Sentence.of(e)
                    + ". The next backup of it tries again. If the source does not end it by itself, "
                    + announcedEnd(name) + ", remove " + name + " there by hand");
            return false;
        }
    }

    private String announcedEnd(String name) {
        lock.lock();
        try {
            return name.equals(name()) && until.isAfter(Instant.EPOCH)
                    ? "at " + until.truncatedTo(ChronoUnit.SECONDS)
                    : "after " + DurationText.of(length);
        } finally {
            lock.unlock();
        }
    }
}
