package dev.kloset.sdk;

import org.jspecify.annotations.Nullable;

/** What the process is busy with, for its log: the connector, and on each thread the path. */
final class LogPlace {

    private static final ThreadLocal<@Nullable String> PATH = new ThreadLocal<>();

    private static volatile String connector = "plugin";

    private static volatile String location = "";

    private LogPlace() {}

    static void connector(String name, String itsLocation) {
        connector = name;
        location = itsLocation;
    }

    /** {@return the connector's location without user and password; empty before Init} */
    static String location() {
        return location;
    }

    /** {@return the protocol and the kind of the connector; {@code plugin} before Init} */
    static String connector() {
        return connector;
    }

    /** Say what this thread works on from now on; null for nothing in particular. */
    static void path(@Nullable String pathname) {
        if (pathname == null) {
            PATH.remove();
        } else {
            PATH.set(pathname);
        }
    }

    static @Nullable String path() {
        return PATH.get();
    }
}
