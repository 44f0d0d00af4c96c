package dev.kloset.wire.grpc;

import dev.kloset.wire.PipePair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Our client and our server at the two ends of pipes in memory. */
final class Connected implements AutoCloseable {

    private static final String PREFIX = "/test.Test/";

    final PipePair pipes;
    final GrpcServer server;
    final GrpcClient client;

    private Connected(PipePair pipes, CallRouter router, GrpcLimits serverLimits, GrpcLimits clientLimits) {
        this.pipes = pipes;
        this.server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), router, serverLimits);
        this.client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), clientLimits);
    }

    static Connected with(CallHandler handler) {
        return with(PipePair.usual(), handler, GrpcLimits.defaults());
    }

    static Connected with(PipePair pipes, CallHandler handler, GrpcLimits limits) {
        return new Connected(pipes, _ -> handler, limits, limits);
    }

    static Connected with(Map<String, CallHandler> methods) {
        return new Connected(PipePair.usual(), path -> methods.get(path.substring(PREFIX.length())),
                GrpcLimits.defaults(), GrpcLimits.defaults());
    }

    static Connected with(CallHandler handler, GrpcLimits serverLimits, GrpcLimits clientLimits) {
        return new Connected(PipePair.usual(), _ -> handler, serverLimits, clientLimits);
    }

    static Connected routed(CallRouter router, GrpcLimits clientLimits) {
        return new Connected(PipePair.usual(), router, GrpcLimits.defaults(), clientLimits);
    }

    ClientCall call(String method) throws Exception {
        return client.call(PREFIX + method);
    }

    /** Answers each message with itself. */
    static void echo(ServerCall call) throws Exception {
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            call.send(message);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(message.duplicate()).toString();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
