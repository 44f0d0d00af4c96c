package dev.kloset.schedules;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Where a session is in its plan. Safe for several threads. */
final class Script {

    private static final long DELAY_NANOS = 300_000;
    private static final long STALL_NANOS = 4_000_000;

    private final Plan plan;
    private final Wire wire;
    private final Map<String, AtomicInteger> boundaries = new ConcurrentHashMap<>();
    private final CountDownLatch silent = new CountDownLatch(1);

    Script(Plan plan, Wire wire) {
        this.plan = plan;
        this.wire = wire;
    }

    /**
     * {@return what is to be done at the next message boundary of a kind of call} What concerns the pipes, and mere waiting, is
     * done already.
     */
    Fault next(String lane) {
        int boundary = boundaries.computeIfAbsent(lane, _ -> new AtomicInteger()).getAndIncrement();
        Fault fault = plan.faults().getOrDefault(lane, Map.of()).getOrDefault(boundary, Fault.NONE);
        switch (fault) {
            case DELAY -> LockSupport.parkNanos(DELAY_NANOS);
            case STALL -> LockSupport.parkNanos(STALL_NANOS);
            case NOISE -> wire.noise();
            case CUT -> wire.cut();
            case KILL -> wire.kill();
            case SILENCE -> silent.countDown();
            default -> {
                // The caller's business.
            }
        }
        return fault;
    }

    /** {@return opened when an end has fallen silent for ever} */
    CountDownLatch silent() {
        return silent;
    }
}
