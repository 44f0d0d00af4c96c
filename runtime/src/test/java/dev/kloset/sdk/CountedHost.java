package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of a host to {@link CountedPlugin}. */
public final class CountedHost {

    private static final String IMPORTER = "/importer.Importer/";
    private static final String EXPORTER = "/plakar.exporter.Exporter/";

    private CountedHost() {}

    private static ClientCall call(GrpcClient host, String path) throws IOException, InterruptedException {
        ClientCall call = host.call(path);
        call.deadline(Duration.ofMinutes(2));
        return call;
    }

    private static void unary(GrpcClient host, String path, ByteBuffer request)
            throws IOException, InterruptedException {
        try (ClientCall call = call(host, path)) {
            call.unary(request);
        }
    }

    private static void init(GrpcClient host, String service) throws IOException, InterruptedException {
        unary(host, service + "Init",
                new InitRequest(Options.builder().build(), "counted", Map.of("location", "counted://x")).encode());
    }

    /** Take all records, open both files, and answer each record, one of them with an error. */
    public static void imports(GrpcClient host) throws IOException, InterruptedException {
        init(host, IMPORTER);
        try (ClientCall call = call(host, IMPORTER + "Import")) {
            List<ConnectorRecord> records = new ArrayList<>();
            for (ConnectorRecord record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(
                    call)) {
                records.add(record);
            }
            open(host, "/good");
            open(host, "/bad");
            for (ConnectorRecord record : records) {
                answer(call, record, record.pathname().equals("/bad") ? "it does not open" : null);
            }
            call.halfClose();
            while (call.receive() != null) {
                // to the end
            }
        }
    }

    private static void answer(ClientCall call, ConnectorRecord record, @Nullable String error)
            throws IOException, InterruptedException {
        call.send(new ImportRequest(new WireResult(new WireRecord(record, false), error)).encode());
    }

    private static void open(GrpcClient host, String path) throws IOException, InterruptedException {
        try (ClientCall call = call(host, IMPORTER + "Open")) {
            call.sendLast(new OpenRequest(path, false, "", XattrType.EXTENDED, "").encode());
            while (call.receive() != null) {
                // to the end
            }
        } catch (StatusException e) {
            // one of them does not open
        }
    }

    public static void close(GrpcClient host) throws IOException, InterruptedException {
        unary(host, IMPORTER + "Close", Empty.encode());
    }

    /** Send {@code files} files of {@code bytes} bytes each. */
    public static void exports(GrpcClient host, int files, int bytes) throws IOException, InterruptedException {
        init(host, EXPORTER);
        try (ClientCall call = call(host, EXPORTER + "Export")) {
            for (int i = 0; i < files; i++) {
                FileRecord file = FileRecord.file("/" + i, bytes, Instant.EPOCH, Content.of(""));
                call.send(new ExportRequest(new WireRecord(file, true), null).encode());
                call.send(Chunk.exportHead(bytes), ByteBuffer.allocate(bytes));
                call.send(ExportRequest.endMarker());
            }
            call.halfClose();
            while (call.receive() != null) {
                // to the end
            }
        }
    }
}
