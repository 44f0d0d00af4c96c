package dev.kloset.testkit.connection;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.Muffler;
import dev.kloset.testkit.contract.Fault;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that keeps every clause except those of one {@link Fault}. It uses the transport alone, because the runtime would
 * not let it misbehave. It runs as a process of its own, with the name of the fault as its argument.
 */
public final class BrokenPlugin {

    final Fault fault;
    volatile boolean busy;
    /** Lets only one call proceed at a time, for the faults that need this. */
    final Semaphore contents = new Semaphore(1);
    private final OutputStream out;
    private volatile @Nullable Path directory;

    private BrokenPlugin(Fault fault, OutputStream out) {
        this.fault = fault;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        Fault fault = Fault.valueOf(args[0]);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        if (fault == Fault.BANNER) {
            out.write("BrokenPlugin 1.0\n".getBytes(StandardCharsets.UTF_8));
        }
        BrokenPlugin plugin = new BrokenPlugin(fault, fault == Fault.SILENT_FAILURE ? new Muffler(out) : out);
        GrpcServer server = plugin.serve(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        server.awaitEnd();
        if (fault == Fault.STAYS_WHILE_BUSY && plugin.busy) {
            new CountDownLatch(1).await();
        }
        while (fault == Fault.KEEPS_RESET_PUT && server.callsInFlight() > 0) {
            Thread.sleep(1); // on a busy machine what it wrongly keeps may not be in its place yet
        }
        Runtime.getRuntime().halt(0);
    }

    /** {@return this plugin at the end of two streams of this process, for faults that need no process} */
    public static GrpcServer serve(Fault fault, InputStream in, OutputStream out) {
        return new BrokenPlugin(fault, fault == Fault.SILENT_FAILURE ? new Muffler(out) : out).serve(in);
    }

    private GrpcServer serve(InputStream in) {
        Map<String, CallHandler> handlers = handlers();
        return GrpcServer.start(in, out, path -> handlers.get(path.substring(path.lastIndexOf('/') + 1)),
                GrpcLimits.defaults());
    }

    private Map<String, CallHandler> handlers() {
        Map<String, CallHandler> handlers = new HashMap<>();
        handlers.put("Init", this::init);
        handlers.put("Ping", call -> {
            if (directory == null && fault == Fault.CRASH_BEFORE_INIT) {
                Runtime.getRuntime().halt(2);
            }
            unary(call, this::ping);
        });
        handlers.put("Close", call -> unary(call, this::close));
        switch (fault.kind) {
            case IMPORTER -> new BrokenImporter(this).addTo(handlers);
            case EXPORTER -> handlers.put("Export", new BrokenExporter(this)::export);
            case STORAGE -> new BrokenStore(this).addTo(handlers);
        }
        return handlers;
    }

    /** {@return the directory of the location} */
    Path directory() throws StatusException {
        Path known = directory;
        if (known == null) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION, "there was no Init");
        }
        return known;
    }

    private void init(ServerCall call) throws Exception {
        RawMessage request = RawMessage.parse(Objects.requireNonNull(call.receive(), "a request"));
        if (directory != null && fault != Fault.SECOND_INIT) {
            throw new StatusException(StatusCode.FAILED_PRECONDITION, "there was an Init already");
        }
        Map<String, String> config = new HashMap<>();
        boolean store = fault.kind == Kind.STORAGE;
        for (byte[] entry : request.all(store ? 2 : 3)) {
            RawMessage pair = RawMessage.parse(entry);
            config.put(pair.text(1), pair.text(2));
        }
        String location = config.get("location");
        if (location == null) {
            throw new StatusException(StatusCode.INVALID_ARGUMENT, "the option location is missing"
                    + (fault == Fault.TELLS_SECRETS ? " in " + config : ""));
        }
        try {
            directory = Path.of(Location.parse(location).path());
        } catch (InvalidPathException e) {
            throw new StatusException(StatusCode.INVALID_ARGUMENT, "the location is no path"
                    + (fault == Fault.TELLS_LOCATION ? ": " + e.getInput() : ""));
        }
        if (fault == Fault.LEAVES_CHILD) {
            new ProcessBuilder("sleep", "120").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        if (fault == Fault.LENDS_STDOUT) {
            // Ends together with this process and its input.
            new ProcessBuilder("cat").redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        call.send(new RawMessageBuilder().text(1, "here").text(2, "broken").text(3, "/").encode());
    }

    /** Answers a call that has one request and one answer. */
    interface Answer {
        RawMessageBuilder answer(RawMessage request) throws Exception;
    }

    void unary(ServerCall call, Answer answer) throws Exception {
        ByteBuffer request = Objects.requireNonNull(call.receive(), "a request");
        RawMessage fields = RawMessage.parse(request);
        directory();
        call.send(answer.answer(fields).encode());
    }

    private RawMessageBuilder ping(RawMessage request) throws IOException, InterruptedException {
        if (fault == Fault.WAITS_FOR_READERS) {
            contents.acquire();
            contents.release();
        }
        if (fault == Fault.STDOUT_NOISE) {
            out.write("pong!\n".getBytes(StandardCharsets.UTF_8));
        }
        return new RawMessageBuilder();
    }

    private RawMessageBuilder close(RawMessage request) throws InterruptedException {
        if (fault == Fault.HANG_IN_CLOSE) {
            new CountDownLatch(1).await();
        }
        return new RawMessageBuilder();
    }
}
