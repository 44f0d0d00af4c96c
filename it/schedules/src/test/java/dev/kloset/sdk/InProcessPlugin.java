package dev.kloset.sdk;

import dev.kloset.Plugin;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** The runtime with a plugin, over any two streams instead of those of a process. It ends as a process does. */
public final class InProcessPlugin {

    private final InputStream in;
    private final OutputStream out;
    private final Services services;
    private final GrpcServer server;
    private final Thread main;

    public InProcessPlugin(Plugin plugin, InputStream in, OutputStream out, GrpcLimits limits) {
        this.in = in;
        this.out = out;
        this.services = Services.of(plugin);
        this.server = GrpcServer.start(in, out, services, limits);
        this.main = Thread.ofVirtual().name("main of the plugin").start(this::run);
    }

    private void run() {
        try (in; out; server) {
            server.awaitEnd();
            services.end(Duration.ofMillis(1800));
        } catch (InterruptedException | IOException e) {
            throw new AssertionError("the plugin cannot end", e);
        }
    }

    /** {@return whether everything has ended that ends when the host is gone} Waits for it. */
    public boolean endsWithin(Duration bound) throws InterruptedException {
        return main.join(bound);
    }
}
