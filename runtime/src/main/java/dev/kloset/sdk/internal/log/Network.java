package dev.kloset.sdk.internal.log;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.Predicate;

/** Failures of the network, for which the JDK rarely names the host. */
public final class Network {

    private static final int DEPTH = 20;

    /**
     * Makes the JDK add the address to "Connection refused". By default the JDK withholds it, for programs that show their errors
     * to strangers; the user of a plugin has named the host.
     */
    private static final String ADDRESSES = "jdk.includeInExceptions";

    private Network() {}

    /** Have exceptions of sockets name the address. Call this before the first one, because the JDK reads the property once. */
    public static void nameAddresses() {
        if (System.getProperty(ADDRESSES) == null) {
            System.setProperty(ADDRESSES, "hostInfo");
        }
    }

    /** {@return whether the name of a host is unknown} */
    public static boolean isUnknownHost(Throwable error) {
        return any(error, reason -> reason instanceof UnknownHostException
                || reason instanceof UnresolvedAddressException);
    }

    /** {@return whether no server could be reached, or none answered} */
    public static boolean isUnreachable(Throwable error) {
        return isUnknownHost(error) || any(error, reason -> reason instanceof ConnectException
                || reason instanceof NoRouteToHostException || reason instanceof SocketTimeoutException);
    }

    private static boolean any(Throwable error, Predicate<Throwable> which) {
        Throwable reason = error;
        for (int i = 0; i < DEPTH && reason != null; i++) {
            if (which.test(reason)) {
                return true;
            }
            reason = reason.getCause();
        }
        return false;
    }

    /** {@return whether {@code sentence} names the host, and the port if there is one, of {@code location}} */
    public static boolean saysHost(String sentence, String location) {
        int from = location.indexOf("://");
        String authority = from < 0 ? location : location.substring(from + 3);
        int slash = authority.indexOf('/');
        authority = slash < 0 ? authority : authority.substring(0, slash);
        return !authority.isEmpty() && sentence.contains(authority);
    }
}
