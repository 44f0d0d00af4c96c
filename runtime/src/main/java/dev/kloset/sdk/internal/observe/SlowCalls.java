package dev.kloset.sdk.internal.observe;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.protobuf.Rpc;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports a call that has waited for the code of the connector for 30 s, then for 300 s, and so on; and likewise a call that
 * waits for memory that others hold. It is silent about waits that may be for the host. For the thread of the {@link Watchdog}.
 */
final class SlowCalls {

    /** When users begin to wonder. */
    static final int PATIENCE_SECONDS = 30; // a compile-time constant: reading it does not load this class

    private static final int SPARSER = 10;
    private static final String OF_THE_CONNECTOR = "it is in the code of the connector, at ";
    private static final String NOTHING_IN_FLIGHT = "0 ";
    private static final String MORE = "; give the plugin more with KLOSET_JAVA_OPTS=-Xmx512m in the environment";

    /** What is known of one call; its time begins when it is first seen, or when something moves. */
    private static final class Seen {

        private long since;
        private long next;

        private Seen(long since, long next) {
            this.since = since;
            this.next = next;
        }

        /**
         * {@return for how long {@code isSo} has been true, in nanoseconds, if that is to be reported now; negative otherwise}
         */
        private long toSay(boolean isSo, long nanoTime, long patienceNanos) {
            if (!isSo) {
                since = nanoTime;
                next = patienceNanos;
                return -1;
            }
            if (nanoTime - since < next) {
                return -1;
            }
            next = next > Long.MAX_VALUE / SPARSER ? Long.MAX_VALUE : next * SPARSER;
            return nanoTime - since;
        }
    }

    private final GrpcServer server;
    private final long patienceNanos;
    private final Consumer<String> lines;
    // as many as there are calls
    private final Map<ServerCall, Seen> seen = new HashMap<>();
    private final Map<ServerCall, Seen> crowded = new HashMap<>();
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
        crowded.keySet().retainAll(calls);
        long now = server.bytesMoved();
        boolean quiet = now == moved;
        moved = now;
        for (ServerCall call : calls) {
            String what = what(call);
            if (what != null) {
                look(call, what, quiet || !isStream(call.path()), nanoTime);
            }
        }
        lookForMemory(calls, nanoTime);
    }

    /** Where one call waits for memory there may be hundreds: one line covers them all. */
    private void lookForMemory(List<ServerCall> calls, long nanoTime) {
        String line = "";
        int others = -1;
        for (ServerCall call : calls) {
            String words = mayWaitForMemory(call) ? WaitReason.of(call) : "";
            Seen its = crowded.computeIfAbsent(call, _ -> new Seen(nanoTime, patienceNanos));
            long nanos = its.toSay(WaitReason.areAboutMemory(words), nanoTime, patienceNanos);
            if (nanos >= 0 && ++others == 0) {
                line = call.path() + " has made no progress for " + words(nanos) + ": " + words;
            }
        }
        if (others >= 0) {
            lines.accept("kloset: " + line
                    + (others == 0 ? "" : " (" + others + (others == 1 ? " other call" : " other calls") + " as well)")
                    + MORE);
        }
    }

    private static boolean mayWaitForMemory(ServerCall call) {
        return call.waitsForMemory() || call.path().endsWith("/" + Rpc.LIST);
    }

    private static String words(long nanos) {
        return Watchdog.words(Duration.ofNanos(nanos));
    }

    private void look(ServerCall call, String what, boolean quiet, long nanoTime) {
        Seen its = seen.computeIfAbsent(call, _ -> new Seen(nanoTime, patienceNanos));
        String place = quiet ? place(call) : null;
        long nanos = its.toSay(place != null, nanoTime, patienceNanos);
        if (nanos >= 0) {
            lines.accept("kloset: the host waits for the connector, which has been busy with " + what + " for "
                    + words(nanos) + ", at " + place);
        }
    }

    /** {@return where the call is in the code of the connector; null if it may be waiting for the host} */
    private static @Nullable String place(ServerCall call) {
        Thread helper = call.helper();
        String listener = helper == null ? "" : WaitReason.authors(helper.getStackTrace());
        if (!listener.isEmpty()) {
            return call.path().endsWith("/" + Rpc.IMPORT) ? listener + ", a result listener" : listener;
        }
        Thread thread = call.handler();
        if (thread == null
                || call.path().endsWith("/" + Rpc.IMPORT) && !call.describe().startsWith(NOTHING_IN_FLIGHT)) {
            return null; // the host is working on what is not acknowledged
        }
        String words = WaitReason.of(thread.getStackTrace(), call.blockedOn());
        return words.startsWith(OF_THE_CONNECTOR) ? words.substring(OF_THE_CONNECTOR.length()) : null;
    }

    /** A stream may make progress although its call does not end: it waits when nothing moves. */
    private static boolean isStream(String path) {
        return path.equals(Rpc.IMPORTER + Rpc.IMPORT) || path.equals(Rpc.IMPORTER + Rpc.OPEN)
                || path.equals(Rpc.STORE + Rpc.GET);
    }

    /** {@return what a call that is normally short asks of the connector; null for other calls} */
    private static @Nullable String what(ServerCall call) {
        String method = Rpc.method(call.path());
        return switch (method) {
            case Rpc.INIT -> "Init (its constructor)";
            case Rpc.PING, Rpc.CREATE -> method;
            case Rpc.IMPORT -> "Import, sending nothing,";
            case Rpc.OPEN -> isStream(call.path()) ? "Open (" + Sentence.line(call.describe()) + ")" : method;
            case Rpc.GET -> "Get (" + Sentence.line(call.describe()) + ")";
            default -> null;
        };
    }
}
