package dev.kloset.resilience;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection that was refused at once: nothing listens there, or there is no way to it. */
final class Refusal {

    /** How often it is tried when nothing is known of the server: a mistake in the port does not pass. */
    static final int ATTEMPTS = 3;

    /** And for how long at most. */
    static final Duration WITHIN = Duration.ofSeconds(2);

    private static final int DEPTH = 20;

    private Refusal() {}

    /** {@return whether {@code error} says so, itself or by its causes} */
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

    /** Resets and time-outs of a server that is busy are ConnectExceptions too. */
    private static boolean isRefused(Throwable error) {
        String message = error.getMessage();
        if (message == null) {
            return isClosedChannel(error.getCause());
        }
        String words = message.toLowerCase(Locale.ROOT);
        return words.contains("refused") || words.contains("unreachable");
    }

    /** The HTTP client of the JDK leaves nothing else of a refused connection. */
    private static boolean isClosedChannel(@Nullable Throwable cause) {
        return cause instanceof ClosedChannelException
                || cause instanceof ConnectException inner && inner.getCause() instanceof ClosedChannelException;
    }
}
