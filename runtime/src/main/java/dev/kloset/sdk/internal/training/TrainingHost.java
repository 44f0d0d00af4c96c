package dev.kloset.sdk.internal.training;

import dev.kloset.Options;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.stdio.MemoryPipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** The host of a training: speaks the real protocol with services of this process, over pipes in memory. */
final class TrainingHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Services services;
    private final GrpcServer server;
    private final GrpcClient client;

    TrainingHost(Services services) {
        MemoryPipe requests = new MemoryPipe();
        MemoryPipe answers = new MemoryPipe();
        this.services = services;
        this.server = GrpcServer.start(requests.in(), answers.out(), services, GrpcLimits.defaults());
        this.client = GrpcClient.connect(answers.in(), requests.out(), GrpcLimits.defaults());
    }

    ClientCall call(String path) throws IOException, InterruptedException {
        ClientCall call = client.call(path);
        call.deadline(PATIENCE);
        return call;
    }

    ByteBuffer unary(String path, ByteBuffer request) throws IOException, InterruptedException {
        try (ClientCall call = call(path)) {
            return call.unary(request);
        }
    }

    /** Call Init of an importer or exporter. */
    void init(String service, TrainingLocation location) throws IOException, InterruptedException {
        Options options = Options.builder().hostname("localhost").cwd("/").maxConcurrency(2).build();
        InitResponse.decode(unary(service + Rpc.INIT,
                new InitRequest(options, location.protocol(), config(location)).encode()));
    }

    static Map<String, String> config(TrainingLocation location) {
        return Map.of("location", location.location());
    }

    void close(String service) throws IOException, InterruptedException {
        Empty.decode(unary(service + Rpc.CLOSE, Empty.encode()));
    }

    /** As when a host dies; what the process does then is part of the training. */
    @Override
    public void close() {
        client.close();
        try {
            server.awaitEnd();
            services.end(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
