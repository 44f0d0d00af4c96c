package dev.kloset.sdk.internal.service;

import dev.kloset.Connector;
import dev.kloset.sdk.internal.failure.FailureHolder;
import dev.kloset.sdk.internal.failure.UncaughtHandler;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds the one connector of a service: Init makes it, many calls use it at once, and it is closed when no call uses it. */
final class ConnectorSlot<C extends Connector> {

    /** A call's work with the connector. */
    interface Use<C, R> {
        R apply(C connector) throws Exception;
    }

    /** How long a Close call waits for other calls, and then for the connector. The host has no limit of its own. */
    static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** The connector's share, for its close, of the time that is left when the host is gone. */
    private static final Duration CLOSE_SHARE = Duration.ofMillis(600);

    private enum State {
        NEW,
        STARTING,
        READY,
        CLOSED
    }

    private final String kind;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.NEW; // guarded by lock
    private @Nullable Callable<C> factory; // guarded by lock; of the Init that succeeded
    private @Nullable C connector; // guarded by lock; there while READY
    private int users; // guarded by lock; calls that use or make the connector
    private @Nullable Thread closer; // guarded by lock; the last one started

    ConnectorSlot(String kind) {
        this.kind = kind;
    }

    /** {@return the connector, made now} Init may be repeated after a failed attempt, but not after a successful one. */
    C init(Callable<C> maker) throws Exception {
        lock.lock();
        try {
            if (state != State.NEW) {
                throw new StatusException(StatusCode.FAILED_PRECONDITION,
                        "the " + kind + " has been initialised already: a plugin process serves one Init only");
            }
            state = State.STARTING;
            users++;
        } finally {
            lock.unlock();
        }
        try {
            return make(maker, State.NEW);
        } finally {
            leave();
        }
    }

    /** Author code runs without the lock: it may take its time, or hang. */
    private C make(Callable<C> maker, State otherwise) throws Exception {
        C fresh = null;
        try {
            fresh = maker.call();
            return fresh;
        } finally {
            lock.lock();
            try {
                connector = fresh;
                state = fresh == null ? otherwise : State.READY;
                factory = fresh == null ? factory : maker;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Work with the connector that returns nothing. */
    interface Work<C> {
        void on(C connector) throws Exception;
    }

    /** Run {@code work} with the connector, which stays open meanwhile. */
    void run(Work<C> work) throws Exception {
        C mine = enter();
        try {
            work.on(mine);
        } finally {
            leave();
        }
    }

    /** Run {@code work}, during which the connector stays open. Does nothing if there is none: none is made for it. */
    void runIfReady(Work<C> work) throws Exception {
        C mine;
        lock.lock();
        try {
            mine = connector;
            users += mine == null ? 0 : 1;
        } finally {
            lock.unlock();
        }
        if (mine != null) {
            try {
                work.on(mine);
            } finally {
                leave();
            }
        }
    }

    /** {@return the result of {@code use} with the connector, which stays open meanwhile} */
    <R> R use(Use<C, R> use) throws Exception {
        C mine = enter();
        try {
            return use.apply(mine);
        } finally {
            leave();
        }
    }

    private C enter() throws Exception {
        Callable<C> again;
        lock.lockInterruptibly();
        try {
            while (state == State.STARTING && factory != null) {
                changed.await();
            }
            requireInit();
            users++;
            if (state == State.READY) {
                return Objects.requireNonNull(connector, "connector");
            }
            state = State.STARTING;
            again = Objects.requireNonNull(factory, "factory");
        } finally {
            lock.unlock();
        }
        // The host may call after Close. A fresh connector serves that call, made as the first one was.
        boolean made = false;
        try {
            C fresh = make(again, State.CLOSED);
            made = true;
            return fresh;
        } finally {
            if (!made) {
                leave();
            }
        }
    }

    /** Refuse a call that comes before a successful Init. */
    void requireInit() throws StatusException {
        lock.lock();
        try {
            if (factory == null) {
                throw new StatusException(StatusCode.FAILED_PRECONDITION,
                        "the " + kind + " is not initialised: Init must be called, and succeed, first");
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            users--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wait until no call uses the connector.
     *
     * @return whether that happened within {@code limit}
     */
    boolean awaitIdle(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (users > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return users == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Close the connector for the host's Close call: let other calls end first, but wait for none of them forever. */
    void closeWhenIdle() throws Exception {
        requireInit();
        awaitIdle(CLOSE_PATIENCE);
        if (!close(CLOSE_PATIENCE)) {
            throw new StatusException(StatusCode.DEADLINE_EXCEEDED,
                    "the " + kind + " did not close within " + CLOSE_PATIENCE.toSeconds() + " s");
        }
    }

    /**
     * Close the connector if there is one.
     *
     * @return whether that ended within {@code limit}
     */
    boolean close(Duration limit) throws Exception {
        FailureHolder failure = new FailureHolder();
        Thread thread = startClosing(failure);
        if (thread == null) {
            return true;
        }
        if (!join(thread, limit)) {
            Interruption.of(thread);
            return false;
        }
        failure.rethrow();
        return true;
    }

    private static boolean join(Thread thread, Duration limit) throws InterruptedException {
        return thread.join(limit.isPositive() ? limit : Duration.ofMillis(1));
    }

    /** In one step, so that a thread that finds no connector finds the thread that closes it. */
    private @Nullable Thread startClosing(FailureHolder failure) {
        lock.lock();
        try {
            C mine = connector;
            if (mine == null) {
                return null;
            }
            connector = null;
            state = State.CLOSED;
            Thread thread = Thread.ofPlatform().daemon().name("close " + kind).start(() -> failure.of(mine::close));
            closer = thread;
            return thread;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Thread closer() {
        lock.lock();
        try {
            return closer;
        } finally {
            lock.unlock();
        }
    }

    /** Wait for the calls in flight, then close the connector, all within {@code limit} and silently. */
    void end(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        awaitIdle(limit.minus(CLOSE_SHARE));
        try {
            // The host may have gone during its Close call: that close, too, gets its time.
            Thread running = closer();
            if (running != null) {
                join(running, Duration.ofNanos(deadline - System.nanoTime()));
            }
            close(Duration.ofNanos(deadline - System.nanoTime()));
        } catch (Throwable e) {
            // Errors as well, and an InterruptedException of the connector's own: the other connectors must be closed, and the
            // process must end.
            if (e instanceof OutOfMemoryError outOfMemory) {
                UncaughtHandler.end(outOfMemory);
            }
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, "closing the " + kind + " failed", e);
        }
    }
}
