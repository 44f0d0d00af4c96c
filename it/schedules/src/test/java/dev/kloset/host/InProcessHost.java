package dev.kloset.host;

import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The host with a plugin at the other end of two arbitrary streams instead of a process. */
public final class InProcessHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GrpcClient client;
    private final Connection connection;

    public InProcessHost(InputStream in, OutputStream out, GrpcLimits limits) {
        client = GrpcClient.connect(in, out, limits);
        connection = new Connection(PluginCommand.builder(Path.of("hostile")).build(), client, new EndedProcess(),
                new StderrTail("hostile", InputStream.nullInputStream(), line -> {}));
    }

    public Importer importer(Map<String, String> config) throws IOException, InterruptedException {
        return new RemoteImporter(connection, init("/importer.Importer/Init", config));
    }

    public Exporter exporter(Map<String, String> config) throws IOException, InterruptedException {
        return new RemoteExporter(connection, init("/plakar.exporter.Exporter/Init", config));
    }

    public Store store(Map<String, String> config) throws IOException, InterruptedException {
        StoreInitResponse said = connection.decode(StoreInitResponse::decode,
                connection.unary("/store.Store/Init", new StoreInitRequest("test", config).encode(), PATIENCE));
        return new RemoteStore(connection, new InitResponse(said.origin(), said.type(), said.root(), said.flags()));
    }

    private InitResponse init(String path, Map<String, String> config) throws IOException, InterruptedException {
        return connection.decode(InitResponse::decode, connection.unary(path,
                new InitRequest(Options.builder().build(), "test", config).encode(), PATIENCE));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Stands for the process that does not exist; it always reports that it has ended. */
    private static final class EndedProcess extends Process {

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 1;
        }

        @Override
        public boolean waitFor(Duration duration) {
            return true;
        }

        @Override
        public int exitValue() {
            return 1;
        }

        @Override
        public void destroy() {}
    }
}
