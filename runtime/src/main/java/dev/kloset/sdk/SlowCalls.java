package dev.kloset.sdk;

import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says which call waits for the code of the connector when it has for 30 s, when it has for 300 s, and so on. Silent about everything
 * that the host may be waited for. For the thread of the {@link Watchdog}.
 */
final class SlowCalls {

    /** When the user begins to wonder. */
    static final int PATIENCE_SECONDS = 30; // a constant of the compiler: asking for it does not load this class

    private static final int SPARSER = 10;
    private static final String OF_THE_CONNECTOR = "it is in the code of the connector, at ";
    private static final String NOTHING_IN_FLIGHT = "0 ";

    /** What is known of one call; it begins to count when it was seen first, or when something has moved. */
    private static final class Seen {

        private long since;
        private long next;

        private Seen(long since, long next) {
            this.since = since;
            this.next = next;
        }
    }

    private final GrpcServer server;
    private final long patienceNanos;
    private final Consumer<String> lines;
    private final Map<ServerCall, Seen> seen = new HashMap<>(); // as many as there are calls
    private long moved;

    SlowCalls(GrpcServer server, Duration patience, Consumer<String> lines) {
        this.server = server;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
        this.lines = lines;
    }

    /** Look once. */
    void look(long nanoTime) {
        List<ServerCall> calls = server.calls();
        seen.keySet().retainAll(calls);
        long now = server.bytesMoved();
        boolean quiet = now == moved;
        moved = now;
        for (ServerCall call : calls) {
            String what = what(call.path());
            if (what != null) {
                look(call, what, quiet || !isStream(call.path()), nanoTime);
            }
        }
    }

    private void look(ServerCall call, String what, boolean quiet, long nanoTime) {
        Seen its = seen.computeIfAbsent(call, _ -> new Seen(nanoTime, patienceNanos));
        String place = quiet ? place(call) : null;
        if (place == null) {
            its.since = nanoTime;
            its.next = patienceNanos;
        } else if (nanoTime - its.since >= its.next) {
            its.next = its.next > Long.MAX_VALUE / SPARSER ? Long.MAX_VALUE : its.next * SPARSER;
            lines.accept("kloset: the host waits for the connector, which has been busy with " + what + " for "
                    + Watchdog.words(Duration.ofNanos(nanoTime - its.since)) + ", at " + place);
        }
    }

    /** {@return where the call is in the code of the connector; null if the host may be waited for} */
    private static @Nullable String place(ServerCall call) {
        Thread helper = call.helper();
        String listener = helper == null ? "" : Waiting.authors(helper.getStackTrace());
        if (!listener.isEmpty()) {
            return listener + ", a result listener";
        }
        Thread thread = call.handler();
        if (thread == null || call.path().endsWith("/Import") && !call.purpose().startsWith(NOTHING_IN_FLIGHT)) {
            return null; // the host is working at what is not acknowledged
        }
        String words = Waiting.of(thread.getStackTrace(), call.holdUp());
        return words.startsWith(OF_THE_CONNECTOR) ? words.substring(OF_THE_CONNECTOR.length()) : null;
    }

    /** A stream may go on although its call does not end: it waits when nothing moves. */
    private static boolean isStream(String path) {
        return path.equals("/importer.Importer/Import") || path.equals("/importer.Importer/Open")
                || path.equals("/store.Store/Get");
    }

    /** {@return what the connector is asked for by calls that are short as a rule; null for the others} */
    private static @Nullable String what(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "Init" -> "Init (its constructor)";
            case "Ping" -> "Ping";
            case "Create" -> "Create";
            case "Import" -> "Import, sending nothing,";
            case "Open" -> isStream(path) ? "Open (reading a content)" : "Open";
            case "Get" -> "Get (reading an object)";
            default -> null;
        };
    }
}
