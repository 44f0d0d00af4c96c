package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.StatusException;
import java.nio.charset.StandardCharsets;

/** Repositories for the checks of stores: one per check if the configuration allows it, otherwise one for all of them. */
public final class Repositories {

    /** As long as a real configuration. */
    public static final byte[] CONFIG = "what Create was given. ".repeat(45).getBytes(StandardCharsets.UTF_8);

    private Repositories() {}

    /** {@return a process whose repository exists} Never touches a repository that the checks have not made. */
    public static PluginConnection ready(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        if (context.runContext.hasFreshPlaces() || !context.runContext.isCreated()) {
            CheckContext.needs(Clause.S02, () -> create(connection));
            context.runContext.created();
        } else {
            CheckContext.needs(Clause.S02, () -> connection.unary("Open"));
        }
        return connection;
    }

    private static RawMessage create(PluginConnection connection) throws Exception {
        try {
            return connection.unary("Create", new RawMessageBuilder().bytes(1, CONFIG).encode());
        } catch (StatusException e) {
            throw new ClauseFailedException("Create at an empty location", PluginConnection.words(e));
        }
    }

    /** {@return another process with the same repository} */
    public static PluginConnection other(CheckContext context) throws Exception {
        PluginConnection connection = context.open();
        try {
            connection.unary("Open");
        } catch (StatusException e) {
            throw new BlockedException(Clause.S02, "the bytes that Create got, from another process",
                    PluginConnection.words(e));
        }
        return connection;
    }
}
