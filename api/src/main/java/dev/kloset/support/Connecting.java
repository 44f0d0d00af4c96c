package dev.kloset.support;

import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Explains a failure to connect. The HTTP client of the JDK does not: for a refused connection it leaves two ConnectExceptions
 * without a message around a ClosedChannelException, for an unknown host the same around an UnresolvedAddressException.
 */
final class Connecting {

    private static final String CANNOT = "cannot connect";

    private Connecting() {}

    static String words(ConnectException error, @Nullable String message, Said said) {
        if (message == null) {
            return said.has(CANNOT) ? "" : CANNOT + guess(error);
        }
        int colon = message.lastIndexOf(": ");
        if (colon > 0 && !said.has(message)) {
            String place = place(message.substring(colon + 2));
            if (place != null) {
                return CANNOT + " to " + place + ": " + message.substring(0, colon);
            }
        }
        return Explanation.headed(CANNOT, message, said);
    }

    private static String guess(Throwable error) {
        for (Throwable cause : Chain.below(error)) {
            if (cause instanceof UnresolvedAddressException) {
                return ""; // its message explains it
            }
            if (cause instanceof ClosedChannelException) {
                return ": the connection is refused, or the host cannot be reached";
            }
        }
        return "";
    }

    /** {@return {@code host:port} from what Java writes as {@code host/address:port}; null from anything else} */
    private static @Nullable String place(String address) {
        int slash = address.indexOf('/');
        int colon = address.lastIndexOf(':');
        if (slash < 0 || colon < slash || colon == address.length() - 1 || address.indexOf(' ') >= 0) {
            return null;
        }
        for (int i = colon + 1; i < address.length(); i++) {
            if (address.charAt(i) < '0' || address.charAt(i) > '9') {
                return null;
            }
        }
        return slash == 0 ? address.substring(1) : address.substring(0, slash) + address.substring(colon);
    }
}
