package dev.kloset.sdk;

import dev.kloset.Plugin;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A plugin that runs inside this process and is served over any two streams. It does everything that a plugin process does,
 * except that it has no standard streams and does not end the process. For tests of connectors. Safe for several threads.
 */
public final class InProcessPlugin implements AutoCloseable {

    private static final Duration CLEAN_UP = Duration.ofMillis(1800);

    private final Services services;
    private final GrpcServer server;
    private final Thread life;

    private InProcessPlugin(Plugin plugin, InputStream in, OutputStream out) {
        this.services = Services.of(plugin, new HostContext());
        this.server = GrpcServer.start(in, out, services, GrpcLimits.defaults());
        this.life = Thread.ofVirtual().name("plugin " + plugin.name()).start(this::live);
    }

    /**
     * Serve the host at the other end of the two streams. Does not wait for it.
     *
     * @param in what the host writes; its end ends the plugin
     * @param out what the host reads; closed when the plugin ends
     */
    public static InProcessPlugin start(Plugin plugin, InputStream in, OutputStream out) {
        return new InProcessPlugin(plugin, in, out);
    }

    private void live() {
        try {
            server.awaitEnd();
            services.end(CLEAN_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return whether the host is gone and the connectors are closed, within {@code patience}} */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return life.join(patience);
    }

    /** Cancel every call and close the connectors; does not wait for that. */
    @Override
    public void close() {
        server.close();
    }
}
