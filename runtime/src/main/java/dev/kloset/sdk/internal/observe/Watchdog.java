package dev.kloset.sdk.internal.observe;

import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports what waits for what when calls are open and not a single byte has moved for a while; once, until something moves again.
 * It looks from a daemon thread that sleeps in between, and costs the connection a counter for each read and write.
 */
public final class Watchdog {

    /** The environment variable that sets how long is quiet: {@code 60s}, {@code 5m} or {@code off}. */
    public static final String VARIABLE = "KLOSET_WATCHDOG";

    /** Long enough for a source that computes, short enough for a user who wonders whether to kill a backup. */
    private static final Duration DEFAULT = Duration.ofMinutes(10);

    private static final int LOOKS_PER_PERIOD = 4;

    private final GrpcServer server;
    private final Duration quiet;
    private final long quietNanos;
    private final Consumer<String> lines;
    private long moved;
    private long since;
    private boolean reported;

    Watchdog(GrpcServer server, Duration quiet, Consumer<String> lines, long nanoTime) {
        this.server = server;
        this.quiet = quiet;
        this.quietNanos = TimeUnit.MILLISECONDS.toNanos(quiet.toMillis()); // three centuries at most; Duration fails beyond that
        this.lines = lines;
        this.since = nanoTime;
    }

    /** Watch a server for the rest of the process. */
    public static void start(@Nullable String setting, GrpcServer server, Consumer<String> lines) {
        Duration quiet = quiet(setting == null ? "" : setting.strip(), lines);
        if (quiet.isPositive()) {
            Watchdog watchdog = new Watchdog(server, quiet, lines, System.nanoTime());
            Thread.ofPlatform().daemon().name("kloset-watchdog").start(watchdog::run);
        }
    }

    /** {@return how long is quiet; zero for never} */
    static Duration quiet(String setting, Consumer<String> lines) {
        if (setting.isEmpty()) {
            return DEFAULT;
        }
        if (setting.equalsIgnoreCase("off")) {
            return Duration.ZERO;
        }
        if (setting.matches("[1-9][0-9]{0,8}[smh]")) {
            long number = Long.parseLong(setting.substring(0, setting.length() - 1));
            return switch (setting.charAt(setting.length() - 1)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
        lines.accept("kloset: " + VARIABLE + "=" + setting + " is not understood: write 60s, 5m or off; "
                + DEFAULT.toMinutes()
                + "m is used");
        return DEFAULT;
    }

    /** Look now and then until the thread is interrupted. */
    void run() {
        // Not Thread.sleep: for its event the JDK loads classes that no start-up cache can hold. No code interrupts this thread,
        // and looking too early does no harm.
        Duration usual = Duration.ofSeconds(SlowCalls.PATIENCE_SECONDS);
        Duration patience = quiet.compareTo(usual) < 0 ? quiet : usual;
        SlowCalls slow = null; // made after the start, which does not need it
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, patience.toNanos() / LOOKS_PER_PERIOD);
            look(System.nanoTime());
            if (slow == null) {
                slow = new SlowCalls(server, patience, lines);
            }
            slow.look(System.nanoTime());
        }
    }

    /** Look once. */
    void look(long nanoTime) {
        long now = server.bytesMoved();
        if (now != moved || server.callsInFlight() == 0) {
            moved = now;
            since = nanoTime;
            reported = false;
        } else if (!reported && nanoTime - since >= quietNanos) {
            reported = true;
            report();
        }
    }

    private void report() {
        int queued = server.bytesQueued();
        lines.accept("kloset: nothing has moved between the host and this plugin for " + words(quiet) + "; "
                + (queued == 0 ? "nothing" : queued + " bytes") + " waits to be written. Open calls:");
        server.calls()
                .stream()
                .sorted(Comparator.comparing(ServerCall::age).reversed())
                .forEach(call -> lines.accept("kloset:   " + describe(call)));
    }

    private static String describe(ServerCall call) {
        String purpose = call.describe();
        return call.path() + ", for " + words(call.age()) + (purpose.isEmpty() ? "" : ", " + purpose) + ": "
                + WaitReason.of(call);
    }

    /** {@return {@code duration} for a person} */
    static String words(Duration duration) {
        return duration.toSeconds() < 120 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }
}
