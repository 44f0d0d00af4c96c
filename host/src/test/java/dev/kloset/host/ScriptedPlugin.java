package dev.kloset.host;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** A plugin that follows the script of a test, call by call. It lives in this process; a sleeping process stands for its own. */
final class ScriptedPlugin implements AutoCloseable {

    static final InitResponse DESCRIPTION = new InitResponse("o", "t", "/", Set.of());

    private final Process process;
    private final GrpcServer server;
    private final GrpcClient client;
    final Connection connection;

    ScriptedPlugin(Map<String, CallHandler> calls) throws IOException {
        PipePair pipes = PipePair.usual();
        process = new ProcessBuilder("sleep", "60").start();
        GrpcLimits generous = GrpcLimits.builder().maxOutboundMessageBytes(64 << 20).build();
        server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), calls::get, generous);
        client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), GrpcLimits.defaults());
        connection = new Connection(PluginCommand.builder(Path.of("scripted")).build(), client, process,
                new StderrTail("scripted", process.getErrorStream(), line -> {}));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        process.destroyForcibly();
    }
}
