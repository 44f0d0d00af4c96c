package dev.kloset.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes a connection that was refused at once: nothing listens there, or there is no route to it. */
final class Refusal {

    /** How many attempts there are while nothing is known about the server: a mistake in the port does not go away. */
    static final int ATTEMPTS = 3;

    /** The time limit for those attempts. */
    static final Duration WITHIN = Duration.ofSeconds(2);

    private static final int DEPTH = 20;

    private Refusal() {}

    /** {@return whether {@code error} or one of its causes is a refusal} */
    static boolean is(Throwable error) {
        Throwable reason = error;
        for (int i = 0; i < DEPTH && reason != null; i++) {
            if (reason instanceof NoRouteToHostException || reason instanceof ConnectException && isRefused(reason)) {
                return true;
            }
            reason = reason.getCause();
        }
        return false;
    }

    /** A busy server's resets and time-outs are ConnectExceptions too. */
    private static boolean isRefused(Throwable error) {
        String message = error.getMessage();
        if (message == null) {
            return isClosedChannel(error.getCause());
        }
        String words = message.toLowerCase(Locale.ROOT);
        return words.contains("refused") || words.contains("unreachable");
    }

    /** The JDK's HTTP client reports nothing else about a refused connection. */
    private static boolean isClosedChannel(@Nullable Throwable cause) {
        return cause instanceof ClosedChannelException
                || cause instanceof ConnectException inner && inner.getCause() instanceof ClosedChannelException;
    }
}
