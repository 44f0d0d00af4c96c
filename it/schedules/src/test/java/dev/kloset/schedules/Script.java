package dev.kloset.schedules;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How far a session has come in its plan. Safe for several threads. */
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
     * {@return the fault at the next message boundary of a kind of call} Faults of the pipes, and mere delays, have then been
     * carried out.
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
                // The caller carries out these.
            }
        }
        return fault;
    }

    /** {@return a latch that opens when an end has fallen silent forever} */
    CountDownLatch silent() {
        return silent;
    }
}
