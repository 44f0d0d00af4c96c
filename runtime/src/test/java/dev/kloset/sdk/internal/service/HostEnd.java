package dev.kloset.sdk.internal.service;

import dev.kloset.ConnectorRecord;
import dev.kloset.Options;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The host's end of a plugin that runs in this process: raw calls of the protocol over an in-memory pipe. */
public final class HostEnd implements AutoCloseable {

    private final PipePair pipes = PipePair.usual();
    private final Services services;
    private final GrpcServer server;
    final GrpcClient client;

    public HostEnd(Services services) {
        this.services = services;
        this.server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), services, GrpcLimits.defaults());
        this.client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), GrpcLimits.defaults());
    }

    public ByteBuffer unary(String path, ByteBuffer request) throws IOException, InterruptedException {
        try (ClientCall call = client.call(path)) {
            call.deadline(Duration.ofMinutes(2));
            return call.unary(request);
        }
    }

    InitResponse init(String service) throws IOException, InterruptedException {
        return InitResponse.decode(unary(service + "Init",
                new InitRequest(Options.builder().build(), "test", Map.of("location", "test://x")).encode()));
    }

    static ClientCall withDeadline(ClientCall call) {
        call.deadline(Duration.ofMinutes(2));
        return call;
    }

    public ClientCall call(String path) throws IOException, InterruptedException {
        return withDeadline(client.call(path));
    }

    public static void acknowledge(ClientCall call, ConnectorRecord record) throws IOException, InterruptedException {
        call.send(new ImportRequest(new WireResult(new WireRecord(record, false), null)).encode());
    }

    /** {@return the next record, or null when the importer has finished} */
    public static @Nullable ConnectorRecord nextRecord(ClientCall call) throws IOException, InterruptedException {
        ImportResponse response = receive(call);
        return response.finished() ? null : Objects.requireNonNull(response.record(), "an empty record").record();
    }

    private static ImportResponse receive(ClientCall call) throws IOException, InterruptedException {
        ByteBuffer message = call.receive();
        if (message == null) {
            throw new AssertionError("the import ended without \"finished\"");
        }
        return ImportResponse.decode(message);
    }

    /** The host dies; afterwards the plugin has done everything that it does before its process ends. */
    @Override
    public void close() {
        client.close();
        try {
            server.awaitEnd();
            services.end(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the plugin ended", e);
        }
    }
}
