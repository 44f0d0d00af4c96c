package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.ObjectMac;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.StoreInitResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A plugin that answers our host as a plan prescribes. */
final class HostilePlugin {

    private static final ByteBuffer MALFORMED = ByteBuffer.wrap(new byte[]{ 0x0A, 0x7F, 1 });

    private final Plan plan;
    private final Script script;
    private final Contents contents;
    private final GrpcServer server;
    private final Map<ObjectMac, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicBoolean complete = new AtomicBoolean();

    HostilePlugin(Plan plan, Script script, Contents contents, Wire wire) {
        this.plan = plan;
        this.script = script;
        this.contents = contents;
        this.server = GrpcServer.start(wire.in(), wire.out(), _ -> this::answer, plan.limits());
    }

    /** Wait until the host is gone. */
    void end() throws InterruptedException {
        server.awaitEnd();
        server.close();
    }

    /** {@return whether the host had reason to consider the import complete} */
    boolean saidComplete() {
        return complete.get();
    }

    private void answer(ServerCall call) throws Exception {
        String method = call.path().substring(call.path().lastIndexOf('/') + 1);
        switch (method) {
            case "Import" -> importRecords(call);
            case "Export" -> export(call);
            case "Put" -> put(call);
            case "Get" -> get(call);
            case "Open" -> open(call);
            default -> unary(method, call);
        }
    }

    private void unary(String method, ServerCall call) throws Exception {
        call.receive();
        ByteBuffer answer = switch (method) {
            case "Init" -> plan.kind() == Plan.Kind.STORAGE
                    ? new StoreInitResponse("o", "t", "/", Set.of()).encode()
                    : new InitResponse("o", "t", "/", Set.of()).encode();
            case "List" -> new ListResponse(List.copyOf(objects.keySet())).encode();
            default -> Empty.encode();
        };
        say(script.next(method), call, answer);
    }

    /** Send {@code message} as the fault prescribes. {@return false if the call sends nothing more} */
    private boolean say(Fault fault, ServerCall call, ByteBuffer message) throws IOException, InterruptedException {
        switch (fault) {
            case SKIP -> {
                return true;
            }
            case HALF_CLOSE -> {
                return false;
            }
            case CANCEL -> throw new StatusException(StatusCode.ABORTED, "this plugin does not want any more");
            case SILENCE -> new CountDownLatch(1).await(); // until the call is cancelled
            case MALFORMED -> call.send(MALFORMED);
            case WRONG -> call.send(ByteBuffer.allocate(0));
            case DUPLICATE -> {
                call.send(message);
                call.send(message);
            }
            default -> call.send(message);
        }
        return true;
    }

    private void importRecords(ServerCall call) throws Exception {
        Thread acks = Thread.ofVirtual().name("acks").start(() -> {
            try {
                while (call.receive() != null) {
                    // Any answer will do.
                }
            } catch (IOException | InterruptedException e) {
                // The call is over.
            }
        });
        List<ConnectorRecord> later = new ArrayList<>();
        for (int i = 0; i < plan.records(); i++) {
            ConnectorRecord record = Samples.record(contents, i, plan.contentBytes());
            Fault fault = script.next("Import");
            if (fault == Fault.REORDER) {
                later.add(record);
            } else if (!say(fault, call, ImportResponse.encodeRecord(record))) {
                complete.set(true); // to the host, the end of the stream is the end of the import
                return;
            }
        }
        for (ConnectorRecord record : later) {
            call.send(ImportResponse.encodeRecord(record));
        }
        Fault last = script.next("Import");
        complete.set(last != Fault.CANCEL && last != Fault.SILENCE);
        if (say(last, call, ImportResponse.finishedMessage()) && last != Fault.SKIP) {
            acks.join();
        }
    }

    private void open(ServerCall call) throws Exception {
        OpenRequest request = OpenRequest.decode(Objects.requireNonNull(call.receive()));
        int number = Integer.parseInt(request.pathname().substring(2));
        send("Open", call, contents.bytes(Samples.length(number, plan.contentBytes())), true);
    }

    private void send(String lane, ServerCall call, byte[] bytes, boolean open) throws Exception {
        int chunk = Math.max(1, bytes.length / 3);
        for (int at = 0; at < bytes.length; at += chunk) {
            int length = Math.min(chunk, bytes.length - at);
            ByteBuffer message = ByteBuffer.allocate(length + 10);
            message.put(open ? Chunk.openHead(length) : Chunk.getHead(length)).put(bytes, at, length).flip();
            if (!say(script.next(lane), call, message)) {
                return;
            }
        }
    }

    private void export(ServerCall call) throws Exception {
        List<WireRecord> later = new ArrayList<>();
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            WireRecord record = ExportRequest.decode(message).record();
            Fault fault = script.next("Export");
            if (record == null) {
                if (fault == Fault.CANCEL || fault == Fault.HALF_CLOSE || fault == Fault.SILENCE) {
                    say(fault, call, MALFORMED);
                    return;
                }
                continue;
            }
            Fault answer = fault == Fault.NONE ? script.next("Result") : fault;
            if (answer == Fault.REORDER) {
                later.add(record);
            } else {
                if (answer == Fault.WRONG) {
                    call.send(result(new WireRecord(new ErrorRecord("/nobody/knows", "x"), false)));
                }
                if (!say(answer, call, result(record))) {
                    return;
                }
            }
        }
        for (WireRecord record : later) {
            call.send(result(record));
        }
    }

    private static ByteBuffer result(WireRecord record) {
        return new ExportResponse(new WireResult(record, null)).encode();
    }

    private void put(ServerCall call) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectMac mac = null;
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            PutRequest request = PutRequest.decode(message);
            mac = request.mac() == null ? mac : request.mac();
            byte[] chunk = new byte[request.chunk().remaining()];
            request.chunk().get(chunk);
            bytes.writeBytes(chunk);
            Fault fault = script.next("Put");
            if (fault == Fault.CANCEL || fault == Fault.HALF_CLOSE || fault == Fault.SILENCE) {
                say(fault, call, MALFORMED);
                return;
            }
        }
        objects.put(Objects.requireNonNull(mac), bytes.toByteArray());
        say(script.next("Put"), call, new PutResponse(bytes.size()).encode());
    }

    private void get(ServerCall call) throws Exception {
        GetRequest request = GetRequest.decode(Objects.requireNonNull(call.receive()));
        byte[] bytes = objects.get(request.mac());
        if (bytes == null) {
            throw new StatusException(StatusCode.NOT_FOUND, "there is no object " + request.mac());
        }
        send("Get", call, bytes, false);
    }
}
