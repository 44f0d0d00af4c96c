package dev.kloset.host;

import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.recording.Recorder;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running plugin. It serves one connector: ask for it once. Safe for several threads.
 *
 * <p>Close the process that you start: {@link #close} leaves no process behind, whatever state the plugin is in.
 */
public final class PluginProcess implements AutoCloseable {

    /** How long a plugin may ignore a request to end before it is killed. */
    private static final Duration TERMINATE_PATIENCE = Duration.ofSeconds(2);

    /** How long the disk may take to finish a recording after everything is closed. */
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final Process process;
    private final Optional<Recorder> recorder;
    private final GrpcClient client;
    private final Connection connection;
    private final StderrTail stderr;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PluginProcess(PluginCommand command, Process process) {
        this.process = process;
        this.stderr = new StderrTail(command.name(), process.getErrorStream(), command.hiding(),
                command.stderr());
        // A plugin may exceed Plakar's limits; a host need not be as strict.
        this.recorder = Recorder.of(System.getenv(), true, process::pid, PluginProcess::complain);
        InputStream in = process.getInputStream();
        OutputStream out = process.getOutputStream();
        this.client = GrpcClient.connect(recorder.map(r -> r.in(in)).orElse(in),
                recorder.map(r -> r.out(out)).orElse(out), GrpcLimits.defaults());
        this.connection = new Connection(command, client, process, stderr);
    }

    /**
     * Start a plugin and wait until it speaks.
     *
     * @throws PluginException if the plugin cannot be started, ends at once, or speaks something other than HTTP/2
     */
    public static PluginProcess start(PluginCommand command) throws IOException, InterruptedException {
        PluginProcess plugin = new PluginProcess(command, spawn(command));
        boolean ready = false;
        try {
            plugin.connection.awaitReady();
            ready = true;
            return plugin;
        } finally {
            if (!ready) {
                plugin.close();
            }
        }
    }

    private static Process spawn(PluginCommand command) throws PluginException {
        ProcessBuilder builder = new ProcessBuilder(command.commandLine());
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new PluginException("cannot start the plugin " + command.name() + ": " + Sentence.of(e), e);
        }
    }

    /** {@return the plugin as an importer} Its {@code importRecords} ends only when the result of every record was reported. */
    public Importer importer(ConnectorContext context) throws IOException, InterruptedException {
        return new RemoteImporter(connection, init(Rpc.IMPORTER + Rpc.INIT, "an importer", context));
    }

    /** {@return the plugin as an exporter} */
    public Exporter exporter(ConnectorContext context) throws IOException, InterruptedException {
        return new RemoteExporter(connection, init(Rpc.EXPORTER + Rpc.INIT, "an exporter", context));
    }

    /** {@return the plugin as a store} */
    public Store store(StoreContext context) throws IOException, InterruptedException {
        use();
        StoreInitRequest request = new StoreInitRequest(context.proto(), context.config().values());
        StoreInitResponse answer = connection.decode(StoreInitResponse::decode,
                connection.init(Rpc.STORE + Rpc.INIT, request.encode(), "a store for " + context.proto() + "://"));
        return new RemoteStore(connection,
                new InitResponse(answer.origin(), answer.type(), answer.root(), answer.flags()));
    }

    private InitResponse init(String path, String kind, ConnectorContext context)
            throws IOException, InterruptedException {
        use();
        InitRequest request = new InitRequest(context.options(), context.proto(), context.config().values());
        return connection.decode(InitResponse::decode,
                connection.init(path, request.encode(), kind + " for " + context.proto() + "://"));
    }

    private void use() {
        if (inUse.getAndSet(true)) {
            throw new IllegalStateException("a plugin process serves one connector: start another one");
        }
    }

    /** {@return the connection itself, for raw calls} */
    GrpcClient client() {
        return client;
    }

    /** {@return the process id in the operating system} */
    public long pid() {
        return process.pid();
    }

    /** End the plugin: close its pipes, then ask it to end, then kill it with all its children. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // Always use the handle: Process.destroy also closes the pipes, and waits for a writer that is stuck in one.
        ProcessHandle plugin = process.toHandle();
        // Children outlive a killed parent; remember them while the parent can still name them.
        List<ProcessHandle> children = new ArrayList<>(plugin.descendants().toList());
        connection.late().close();
        try {
            client.close();
            if (!process.waitFor(connection.command().endTimeout())) {
                children.addAll(plugin.descendants().toList());
                plugin.destroy();
                if (!process.waitFor(TERMINATE_PATIENCE)) {
                    System.getLogger("dev.kloset.host")
                            .log(Level.WARNING,
                                    "plugin " + connection.command().name() + " did not end and was killed");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            children.addAll(plugin.descendants().toList());
            plugin.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            hearOut();
            recorder.ifPresent(PluginProcess::finish);
        }
    }

    /** Pass on the plugin's last words, even if this process ends now. */
    private void hearOut() {
        try {
            stderr.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void finish(Recorder recorder) {
        try {
            recorder.close(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void complain(String sentence) {
        System.getLogger("dev.kloset.host").log(Level.WARNING, sentence);
    }

    /** Tell the plugin that its connector is no longer needed. */
    static void sendClose(Connection connection, String path) throws IOException {
        try {
            connection.unary(path, Empty.encode(), connection.command().closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
