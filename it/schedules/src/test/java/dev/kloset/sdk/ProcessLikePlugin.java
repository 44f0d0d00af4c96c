package dev.kloset.sdk;

import dev.kloset.Plugin;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.process.PluginMain;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The runtime with a plugin, over any two streams instead of those of a process. It ends as a process does. */
public final class ProcessLikePlugin {

    private final InputStream in;
    private final OutputStream out;
    private final Services services;
    private final GrpcServer server;
    private final Duration cleanUp;
    private final Thread main;
    private volatile @Nullable Throwable failure;

    public ProcessLikePlugin(Plugin plugin, InputStream in, OutputStream out, GrpcLimits limits) {
        this(plugin, in, out, limits, Duration.ofMillis(1800));
    }

    /** @param cleanUp how long what runs, and the connectors, get for their end once the host is gone */
    public ProcessLikePlugin(Plugin plugin, InputStream in, OutputStream out, GrpcLimits limits, Duration cleanUp) {
        this.in = in;
        this.cleanUp = cleanUp;
        this.out = out;
        this.services = Services.of(plugin, new HostContext());
        this.server = GrpcServer.start(in, out, services, limits);
        this.main = Thread.ofPlatform().daemon().name("main of the plugin").start(this::run);
    }

    /** Handle uncaught exceptions as the process of a plugin does. */
    public static void prepare() {
        PluginMain.prepare();
    }

    private void run() {
        try (in; out; server) {
            server.awaitEnd();
            services.end(cleanUp);
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** {@return what kept the plugin from ending properly, once it has ended} */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** {@return whether everything has ended that must end when the host is gone} Waits for it. */
    public boolean endsWithin(Duration bound) throws InterruptedException {
        return main.join(bound);
    }
}
