package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long Mode takes. A host asks for it once per opened file, so a store that asks its server each time slows every restore
 * down. Measured against a call that the transport answers by itself, in turn with it and over the same connection: what makes
 * the machine slow makes both slow. The medians are compared, for one pause of the machine says nothing.
 */
final class ModePace {

    private static final int TIMES = 15;
    private static final int SLOWER = 10;
    /** Added up over the 4,816 opened files of one restore that was watched, 24 s. */
    private static final long WORTH_MENTIONING_NANOS = 5_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private ModePace() {}

    /** {@return a remark if Mode is slow} */
    static Optional<String> measure(Session session) throws Exception {
        long[] modes = new long[TIMES];
        long[] empty = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            empty[i] = time(session, "NoSuchMethodOfKlosetCheck");
            modes[i] = time(session, "Mode");
        }
        return remark(median(modes), median(empty));
    }

    static Optional<String> remark(long mode, long empty) {
        return mode < SLOWER * empty + WORTH_MENTIONING_NANOS
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "Mode takes %.1f ms, a call that does nothing %.1f ms: hosts ask for it once per opened file, so "
                                + "keep the answer",
                        mode / NANOS_PER_MILLI, empty / NANOS_PER_MILLI));
    }

    private static long time(Session session, String method) throws Exception {
        long start = System.nanoTime();
        try {
            session.unary(method);
        } catch (StatusException e) {
            // An answer as well; whether it is the right one is asked elsewhere.
        }
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
