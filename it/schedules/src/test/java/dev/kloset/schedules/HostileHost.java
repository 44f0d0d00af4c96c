package dev.kloset.schedules;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.XattrType;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.StoreInitRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A host that talks to our runtime as a plan prescribes, and reports the outcome of the session. */
final class HostileHost {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int GAVE_UP = -1;
    private static final long PATIENCE_NANOS = 20_000_000;
    private static final ByteBuffer MALFORMED = ByteBuffer.wrap(new byte[]{ 0x0A, 0x7F, 1 });

    private final Plan plan;
    private final Script script;
    private final Contents contents;
    private final GrpcClient client;
    private final ConcurrentLinkedQueue<Throwable> defects = new ConcurrentLinkedQueue<>();

    HostileHost(Plan plan, Script script, Contents contents, Wire wire) {
        this.plan = plan;
        this.script = script;
        this.contents = contents;
        this.client = GrpcClient.connect(wire.in(), wire.out(), plan.limits());
    }

    /** {@return the outcome of the session, in a few words} Closes the connection afterwards. */
    String run() throws InterruptedException {
        String outcome;
        try (client) {
            outcome = session();
        }
        for (Throwable defect : defects) {
            throw new AssertionError(defect.getMessage(), defect);
        }
        return outcome;
    }

    private String session() throws InterruptedException {
        try {
            if (!unary("Init", init())) {
                return "ended by the host at Init";
            }
            String outcome = switch (plan.kind()) {
                case IMPORTER -> importRecords();
                case EXPORTER -> exportRecords();
                case STORAGE -> store();
            };
            unary("Close", Empty.encode());
            return outcome;
        } catch (StatusException e) {
            requireSentence(e);
            if (e.status().code() == StatusCode.DEADLINE_EXCEEDED
                    && !e.status().message().contains("did not close within")) {
                throw new AssertionError("the plugin hangs: " + e.getMessage(), e);
            }
            if (plan.isHarmless()) {
                throw new AssertionError("a session with delays only failed: " + e.getMessage(), e);
            }
            return e.status().code() == StatusCode.UNAVAILABLE ? "connection broke" : "status " + e.status().code();
        } catch (CallCancelledException e) {
            return "cancelled";
        } catch (IOException e) {
            throw new AssertionError("the plugin sent what cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireSentence(StatusException e) {
        if (e.getMessage() == null || e.getMessage().isBlank() || e.getMessage().contains("\n")) {
            throw new AssertionError("a status without a sentence: " + e.status(), e);
        }
    }

    private String prefix() {
        return switch (plan.kind()) {
            case IMPORTER -> "/importer.Importer/";
            case EXPORTER -> "/plakar.exporter.Exporter/";
            case STORAGE -> "/store.Store/";
        };
    }

    private ByteBuffer init() {
        return plan.kind() == Plan.Kind.STORAGE
                ? new StoreInitRequest("test", plan.config()).encode()
                : new InitRequest(Options.builder().build(), "test", plan.config()).encode();
    }

    private ClientCall call(String method) throws IOException, InterruptedException {
        ClientCall call = client.call(prefix() + method);
        call.deadline(BOUND);
        return call;
    }

    /** {@return whether there was an answer} */
    private boolean unary(String method, ByteBuffer request) throws IOException, InterruptedException {
        Fault fault = script.next(method);
        if (fault == Fault.SKIP) {
            return !method.equals("Init");
        }
        try (ClientCall call = call(method)) {
            if (fault == Fault.CANCEL || fault == Fault.SILENCE) {
                return false;
            }
            if (fault == Fault.HALF_CLOSE) {
                call.halfClose();
                drain(call);
                return true;
            }
            call.send(fault == Fault.MALFORMED ? MALFORMED : request);
            if (fault == Fault.DUPLICATE) {
                call.send(request);
            }
            call.halfClose();
            drain(call);
        }
        return true;
    }

    private static void drain(ClientCall call) throws IOException, InterruptedException {
        while (call.receive() != null) {
            // Whatever failed, the session must end.
        }
    }

    /** Carry out a fault that ends what the host sends. {@return whether the fault does so} */
    private static boolean ends(Fault fault, ClientCall call) throws IOException, InterruptedException {
        switch (fault) {
            case HALF_CLOSE -> call.halfClose();
            case CANCEL -> call.cancel();
            case SILENCE -> {
                // The host sends nothing more, and reads nothing more.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    // ---- importer

    private String importRecords() throws IOException, InterruptedException {
        List<Thread> opens = new ArrayList<>();
        int seen = 0;
        boolean finished = false;
        try (ClientCall call = call("Import")) {
            Deque<ConnectorRecord> later = new ArrayDeque<>();
            Semaphore acks = new Semaphore(0);
            int due = 0;
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                ImportResponse response = ImportResponse.decode(message);
                WireRecord wire = response.record();
                if (wire == null) {
                    finished = true;
                    break;
                }
                seen++;
                Fault fault = script.next("Import");
                if (ends(fault, call)) {
                    return after(fault, call, opens);
                }
                if (fault == Fault.REORDER) {
                    later.add(wire.record());
                    continue;
                }
                due++;
                opens.add(Thread.ofVirtual().name("opening").start(() -> {
                    openAndAcknowledge(call, wire.record(), fault);
                    acks.release();
                }));
            }
            for (ConnectorRecord record : later) {
                acknowledge(call, record);
            }
            acks.acquire(due);
            call.halfClose();
            drain(call);
        } finally {
            join(opens);
        }
        if (!finished || plan.isHarmless() && seen != plan.records()) {
            throw new AssertionError("the import ended OK with " + seen + " of " + plan.records()
                    + " records" + (finished ? "" : ", without its last word"));
        }
        return "ok";
    }

    private String after(Fault fault, ClientCall call, List<Thread> opens) throws IOException, InterruptedException {
        if (fault == Fault.HALF_CLOSE) {
            drain(call);
            return "ok after an early half-close";
        }
        if (fault == Fault.CANCEL) {
            join(opens);
            unary("Ping", Empty.encode()); // one cancelled call must not harm another
            return "cancelled by the host";
        }
        return "left alone by the host";
    }

    private void openAndAcknowledge(ClientCall call, ConnectorRecord record, Fault fault) {
        try {
            if (record instanceof FileRecord file) {
                open(file, fault);
            }
            if (fault != Fault.SKIP) {
                acknowledge(call, record);
            }
            if (fault == Fault.DUPLICATE) {
                acknowledge(call, record);
            } else if (fault == Fault.WRONG) {
                acknowledge(call, new ErrorRecord("/nobody/knows/this", "x"));
            } else if (fault == Fault.MALFORMED) {
                call.send(MALFORMED);
            }
        } catch (StatusException e) {
            if (plan.isHarmless() || e.status().code() == StatusCode.DEADLINE_EXCEEDED) {
                defects.add(new AssertionError(record.pathname() + ": " + e.getMessage(), e));
            }
        } catch (IOException e) {
            // The call has ended; its own thread finds out how.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            defects.add(e);
        }
    }

    private void acknowledge(ClientCall call, ConnectorRecord record) throws IOException, InterruptedException {
        call.send(new ImportRequest(new WireResult(new WireRecord(record, false), null)).encode());
    }

    private void open(FileRecord file, Fault fault) throws IOException, InterruptedException {
        String pathname = fault == Fault.WRONG ? file.pathname() + "x" : file.pathname();
        try (ClientCall call = call("Open")) {
            call.sendLast(new OpenRequest(pathname, false, "", XattrType.EXTENDED, "").encode());
            long bytes = 0;
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                bytes += Chunk.decodeOpen(message).remaining();
                Fault at = script.next("Open");
                if (at == Fault.CANCEL || at == Fault.SILENCE || at == Fault.SKIP) {
                    return;
                }
            }
            if (fault == Fault.WRONG || bytes != file.info().size()) {
                throw new AssertionError(pathname + " was read as " + bytes + " bytes, has " + file.info().size());
            }
        } catch (StatusException e) {
            if (plan.isHarmless() || e.status().code() == StatusCode.DEADLINE_EXCEEDED) {
                throw e;
            }
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    // ---- exporter

    private String exportRecords() throws IOException, InterruptedException {
        try (ClientCall call = call("Export")) {
            AtomicInteger results = new AtomicInteger();
            AtomicInteger failed = new AtomicInteger();
            @Nullable
            IOException[] end = new @Nullable IOException[1];
            Thread reader = Thread.ofVirtual().name("results").start(() -> {
                try {
                    readResults(call, results, failed);
                } catch (IOException e) {
                    end[0] = e;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Fault last = Fault.NONE;
            try {
                for (int i = 0; i < plan.records() && last == Fault.NONE; i++) {
                    last = export(call, i);
                }
                if (last == Fault.NONE) {
                    call.halfClose();
                }
            } catch (CallCancelledException e) {
                // The status says why.
            }
            if (last == Fault.SILENCE) {
                call.cancel();
            }
            reader.join();
            if (last == Fault.SILENCE || last == Fault.CANCEL) {
                unary("Ping", Empty.encode());
                return last == Fault.CANCEL ? "cancelled by the host" : "left alone by the host";
            }
            if (results.get() == GAVE_UP) {
                return "left alone by the host";
            }
            if (end[0] != null) {
                throw end[0];
            }
            if (plan.isHarmless() && (results.get() != plan.records() || failed.get() > 0)) {
                throw new AssertionError("the export ended OK with " + results.get() + " results of " + plan.records()
                        + ", " + failed.get() + " of them errors");
            }
            return last == Fault.HALF_CLOSE ? "ok after an early half-close" : "ok";
        }
    }

    private void readResults(ClientCall call, AtomicInteger results, AtomicInteger failed)
            throws IOException, InterruptedException {
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            WireResult result = ExportResponse.decode(message).result();
            results.incrementAndGet();
            if (result.error() != null) {
                failed.incrementAndGet();
            }
            if (script.next("Result") == Fault.SILENCE) {
                // The plugin cannot go on, so in the end neither can we; then the host gives up.
                LockSupport.parkNanos(PATIENCE_NANOS);
                call.cancel();
                results.set(GAVE_UP);
                return;
            }
        }
    }

    /** {@return the fault that ended the sending, if one did} */
    private Fault export(ClientCall call, int number) throws IOException, InterruptedException {
        FileRecord record = Samples.record(contents, number, plan.contentBytes());
        byte[] bytes = contents.bytes(Samples.length(number, plan.contentBytes()));
        ByteBuffer header = new ExportRequest(new WireRecord(record, true), null).encode();
        Fault fault = sendAs(script.next("Export"), call, header);
        int chunk = Math.max(1, bytes.length / 3);
        for (int at = 0; at < bytes.length && fault == Fault.NONE; at += chunk) {
            int length = Math.min(chunk, bytes.length - at);
            ByteBuffer message = ByteBuffer.allocate(length + 10);
            message.put(Chunk.exportHead(length)).put(bytes, at, length).flip();
            fault = sendAs(script.next("Export"), call, message);
        }
        return fault == Fault.NONE ? sendAs(script.next("Export"), call, ExportRequest.endMarker()) : fault;
    }

    private static Fault sendAs(Fault fault, ClientCall call, ByteBuffer message)
            throws IOException, InterruptedException {
        if (ends(fault, call)) {
            return fault;
        }
        if (fault != Fault.SKIP) {
            call.send(message);
        }
        switch (fault) {
            case DUPLICATE -> call.send(message);
            case WRONG -> call.send(ByteBuffer.wrap(new byte[0]));
            case MALFORMED -> call.send(MALFORMED);
            default -> {
                // This fault requires no more than that.
            }
        }
        return Fault.NONE;
    }

    // ---- store

    private String store() throws IOException, InterruptedException {
        @Nullable
        IOException[] failures = new @Nullable IOException[plan.threads()];
        List<Thread> users = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            int user = i;
            users.add(Thread.ofVirtual().name("user").start(() -> {
                try {
                    useStore(user);
                } catch (IOException e) {
                    failures[user] = e;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | AssertionError e) {
                    defects.add(e);
                }
            }));
        }
        join(users);
        for (IOException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
        try (ClientCall call = call("List")) {
            call.sendLast(new ListRequest(StorageResource.PACKFILE, StoreHints.NONE).encode());
            ByteBuffer answer = call.receive();
            int count = answer == null ? -1 : ListResponse.decode(answer).macs().size();
            int kept = plan.records() - plan.records() / 5;
            if (plan.isHarmless() && count != kept) {
                throw new AssertionError("the store lists " + count + " objects, not " + kept);
            }
        }
        return "ok";
    }

    private void useStore(int user) throws IOException, InterruptedException {
        for (int number = user; number < plan.records(); number += plan.threads()) {
            byte[] bytes = contents.bytes(Samples.length(number, plan.contentBytes()));
            boolean stored = put(number, bytes);
            get(number, bytes, stored);
            if (number % 5 == 4) {
                unary("Delete",
                        new DeleteRequest(Samples.mac(number), StorageResource.PACKFILE, StoreHints.NONE).encode());
            }
        }
    }

    private boolean put(int number, byte[] bytes) throws IOException, InterruptedException {
        try (ClientCall call = call("Put")) {
            boolean whole = true;
            try {
                Fault fault = script.next("Put");
                if (ends(fault, call)) {
                    return false;
                }
                ByteBuffer first = PutRequest.encodeFirst(StorageResource.PACKFILE, Samples.mac(number),
                        StoreHints.NONE);
                sendAs(fault, call, first);
                whole = fault.isHarmless();
                int chunk = Math.max(1, bytes.length / 3);
                for (int at = 0; at < bytes.length; at += chunk) {
                    fault = script.next("Put");
                    if (ends(fault, call)) {
                        return false;
                    }
                    int length = Math.min(chunk, bytes.length - at);
                    ByteBuffer message = ByteBuffer.allocate(length + 10);
                    message.put(Chunk.putHead(length)).put(bytes, at, length).flip();
                    sendAs(fault, call, message);
                    whole &= fault.isHarmless();
                }
                call.halfClose();
            } catch (CallCancelledException e) {
                whole = false; // the status says why
            }
            ByteBuffer answer = call.receive();
            if (answer != null && whole && PutResponse.decode(answer).bytesWritten() != bytes.length) {
                throw new AssertionError(
                        "Put says " + PutResponse.decode(answer).bytesWritten() + " bytes were stored, not "
                                + bytes.length);
            }
            drain(call);
            return whole;
        }
    }

    private void get(int number, byte[] bytes, boolean stored) throws IOException, InterruptedException {
        try (ClientCall call = call("Get")) {
            Fault first = script.next("Get");
            if (first == Fault.CANCEL || first == Fault.SILENCE) {
                return;
            }
            call.sendLast(
                    new GetRequest(Samples.mac(number), StorageResource.PACKFILE, null, StoreHints.NONE).encode());
            ByteBuffer got = ByteBuffer.allocate(3 * Contents.LARGEST);
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                got.put(Chunk.decodeGet(message));
                Fault at = script.next("Get");
                if (at == Fault.CANCEL || at == Fault.SILENCE) {
                    return;
                }
            }
            if (stored && !Arrays.equals(Arrays.copyOf(got.array(), got.position()), bytes)) {
                throw new AssertionError("object " + number + " came back with " + got.position() + " bytes, not "
                        + bytes.length);
            }
        } catch (StatusException e) {
            if (stored || e.status().code() != StatusCode.NOT_FOUND) {
                throw e;
            }
        }
    }
}
