package dev.kloset.testkit.clause;

import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how long Mode takes. A host calls it once for each file it opens, so a store that asks its server each time slows
 * every restore down. The measure alternates Mode with a call that the transport answers by itself, over the same connection, and
 * compares the fastest of each: pauses and other work of the machine only ever add to a time.
 */
final class ModePace {

    private static final int TIMES = 15;
    private static final int SLOWER = 10;
    /** One observed restore opened 4,816 files; at this rate their Mode calls add up to 24 s. */
    private static final long WORTH_MENTIONING_NANOS = 5_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private ModePace() {}

    /** {@return a remark if Mode is slow} */
    static Optional<String> measure(PluginConnection connection) throws Exception {
        long[] modes = new long[TIMES];
        long[] empty = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            empty[i] = time(connection, "NoSuchMethodOfKlosetCheck");
            modes[i] = time(connection, "Mode");
        }
        return remark(fastest(modes), fastest(empty));
    }

    static Optional<String> remark(long mode, long empty) {
        return mode < SLOWER * empty + WORTH_MENTIONING_NANOS
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "Mode takes %.1f ms, a call that does nothing %.1f ms: hosts ask for it once per opened file, so "
                                + "keep the answer",
                        mode / NANOS_PER_MILLI, empty / NANOS_PER_MILLI));
    }

    private static long time(PluginConnection connection, String method) throws Exception {
        long start = System.nanoTime();
        try {
            connection.unary(method);
        } catch (StatusException e) {
            // This is an answer too; another clause asks whether it is the right one.
        }
        return System.nanoTime() - start;
    }

    private static long fastest(long[] times) {
        return Arrays.stream(times).min().orElseThrow();
    }
}
