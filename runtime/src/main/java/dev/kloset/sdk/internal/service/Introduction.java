package dev.kloset.sdk.internal.service;

import dev.kloset.Connector;
import dev.kloset.LocationFlag;
import dev.kloset.internal.CleanPath;
import dev.kloset.sdk.internal.failure.UncaughtHandler;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connector says about itself: read once, when the connector is made, and refused if the host could not work with it. If
 * it were accepted, a backup would succeed that cannot be listed.
 */
record Introduction(String origin, String type, String root, Set<LocationFlag> flags) {

    /**
     * {@return what {@code connector}, which was just made, says about itself, after {@code said} has received it} Closes the
     * connector if the introduction is refused.
     *
     * @throws StatusException if it is refused
     */
    static <C extends Connector> C of(HostContext host, @Nullable C connector, String kind, Consumer<Introduction> said)
            throws Exception {
        if (connector == null) {
            throw bug(host, "the factory of the " + kind + " made null, but must make one");
        }
        boolean accepted = false;
        try {
            said.accept(read(host, connector, kind));
            accepted = true;
            return connector;
        } finally {
            if (!accepted) {
                close(connector);
            }
        }
    }

    private static Introduction read(HostContext host, Connector connector, String kind) throws StatusException {
        String name = connector.getClass().getName();
        // An exporter's origin is not used. It is often the name of the host's machine, which one released host does not send.
        boolean mayBeEmpty = kind.equals("exporter");
        return new Introduction(text(host, connector.origin(), name + ".origin()", mayBeEmpty),
                text(host, connector.type(), name + ".type()", false),
                root(host, connector.root(), name + ".root()"), flags(host, connector.flags(), name + ".flags()"));
    }

    private static String text(HostContext host, @Nullable String value, String method, boolean mayBeEmpty)
            throws StatusException {
        if (value == null || value.isEmpty() && !mayBeEmpty) {
            throw bug(host,
                    method + " is " + (value == null ? "null" : "empty") + ", but must be a text that is not empty");
        }
        String fault = CleanPath.surrogateFault(value);
        if (fault != null) {
            throw bug(host, method + " is \"" + value + "\", but " + fault);
        }
        return value;
    }

    private static String root(HostContext host, @Nullable String value, String method) throws StatusException {
        if (value == null || CleanPath.fault(value) != null) {
            throw bug(host, method + " is " + (value == null ? "null" : "\"" + value + "\"")
                    + ", but must be an absolute, clean path such as / or /srv/data");
        }
        return value;
    }

    private static Set<LocationFlag> flags(HostContext host, @Nullable Set<LocationFlag> value, String method)
            throws StatusException {
        if (value == null) {
            throw bug(host, method + " is null, but must be a set, which may be empty");
        }
        for (@Nullable
        LocationFlag flag : value) {
            if (flag == null) {
                throw bug(host, method + " contains null, but must contain flags only");
            }
        }
        return value;
    }

    private static StatusException bug(HostContext host, String sentence) {
        return new StatusException(StatusCode.INTERNAL, Sentence
                .of(host.hide("a bug in the connector: " + sentence + "; tell its author")));
    }

    private static void close(Connector connector) {
        try {
            connector.close();
        } catch (Throwable e) {
            if (e instanceof OutOfMemoryError outOfMemory) {
                UncaughtHandler.end(outOfMemory);
            }
            System.getLogger("dev.kloset.sdk")
                    .log(System.Logger.Level.DEBUG, "closing a refused connector failed", e);
        }
    }
}
