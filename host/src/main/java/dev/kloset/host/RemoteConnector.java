package dev.kloset.host;

import dev.kloset.Connector;
import dev.kloset.LocationFlag;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the three kinds of connector in a plugin have in common. */
abstract class RemoteConnector implements Connector {

    final Connection connection;
    private final String pathPrefix;
    private final InitResponse description;
    private final AtomicBoolean closed = new AtomicBoolean();

    RemoteConnector(Connection connection, String pathPrefix, InitResponse description) {
        this.connection = connection;
        this.pathPrefix = pathPrefix;
        this.description = description;
    }

    final String path(String method) {
        return pathPrefix + method;
    }

    @Override
    public final String origin() {
        return description.origin();
    }

    @Override
    public final String type() {
        return description.type();
    }

    @Override
    public final String root() {
        return description.root();
    }

    @Override
    public final Set<LocationFlag> flags() {
        return description.flags();
    }

    @Override
    public final void ping() throws IOException, InterruptedException {
        Empty.decode(connection.unary(path(Rpc.PING), Empty.encode(), connection.command().initTimeout()));
    }

    @Override
    public final void close() throws IOException {
        if (!closed.getAndSet(true)) {
            PluginProcess.sendClose(connection, path(Rpc.CLOSE));
        }
    }
}
