package dev.kloset.sdk;

import dev.kloset.Connector;
import dev.kloset.LocationFlag;
import dev.kloset.internal.CleanPath;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connector says of itself: read once, when it was made, and refused if the host could not work with it. Accepted, it would
 * cost a backup that succeeds and cannot be listed.
 */
record Introduction(String origin, String type, String root, Set<LocationFlag> flags) {

    /**
     * {@return {@code connector}, which was just made, having told {@code said} what it says of itself} Closes it if that is
     * refused.
     *
     * @throws StatusException if it is
     */
    static <C extends Connector> C of(@Nullable C connector, String kind, Consumer<Introduction> said)
            throws Exception {
        if (connector == null) {
            throw bug("the factory of the " + kind + " made null, but must make one");
        }
        boolean accepted = false;
        try {
            said.accept(read(connector, kind));
            accepted = true;
            return connector;
        } finally {
            if (!accepted) {
                close(connector);
            }
        }
    }

    private static Introduction read(Connector connector, String kind) throws StatusException {
        String name = connector.getClass().getName();
        // An exporter's is of no use, and often the name of the host's machine, which one released host does not send.
        boolean mayBeEmpty = kind.equals("exporter");
        return new Introduction(text(connector.origin(), name + ".origin()", mayBeEmpty),
                text(connector.type(), name + ".type()", false),
                root(connector.root(), name + ".root()"), flags(connector.flags(), name + ".flags()"));
    }

    private static String text(@Nullable String value, String method, boolean mayBeEmpty) throws StatusException {
        if (value == null || value.isEmpty() && !mayBeEmpty) {
            throw bug(method + " is " + (value == null ? "null" : "empty") + ", but must be a text that is not empty");
        }
        String fault = CleanPath.surrogateFault(value);
        if (fault != null) {
            throw bug(method + " is \"" + value + "\", but " + fault);
        }
        return value;
    }

    private static String root(@Nullable String value, String method) throws StatusException {
        if (value == null || CleanPath.fault(value) != null) {
            throw bug(method + " is " + (value == null ? "null" : "\"" + value + "\"")
                    + ", but must be an absolute, clean path such as / or /srv/data");
        }
        return value;
    }

    private static Set<LocationFlag> flags(@Nullable Set<LocationFlag> value, String method) throws StatusException {
        if (value == null) {
            throw bug(method + " is null, but must be a set, which may be empty");
        }
        for (@Nullable
        LocationFlag flag : value) {
            if (flag == null) {
                throw bug(method + " contains null, but must contain flags only");
            }
        }
        return value;
    }

    private static StatusException bug(String sentence) {
        return new StatusException(StatusCode.INTERNAL, Sentence
                .of(HiddenSecrets.ofThisProcess().hide("a bug in the connector: " + sentence + "; tell its author")));
    }

    private static void close(Connector connector) {
        try {
            connector.close();
        } catch (Throwable e) {
            if (e instanceof OutOfMemoryError) {
                LastWords.outOfMemory();
            }
            System.getLogger("dev.kloset.sdk")
                    .log(System.Logger.Level.DEBUG, "closing a connector that was refused failed", e);
        }
    }
}
