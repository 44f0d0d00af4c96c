package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.RecordSink;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.StoreInitRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Author code that leaves its thread interrupted although nothing was cancelled. */
@Timeout(60)
class LeftoverInterruptTest {

    private static final String STORE = "/store.Store/";
    private static final String EXPORTER = "/plakar.exporter.Exporter/";
    private static final String IMPORTER = "/importer.Importer/";
    private static final ObjectMac MAC = ObjectMac.fromHex("%064x".formatted(1));

    /** Supplies one file, and leaves the thread interrupted wherever it can. */
    private static final class Interrupted implements Importer {

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "t";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void ping() {
            Thread.currentThread().interrupt();
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            records.emit(FileRecord.file("/a", 3, Instant.EPOCH, () -> {
                Thread.currentThread().interrupt();
                return new InterruptingStream(Content.of("abc").open());
            }));
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves its reader interrupted. */
    private static final class InterruptingStream extends InputStream {

        private final InputStream bytes;

        InterruptingStream(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            Thread.currentThread().interrupt();
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            Thread.currentThread().interrupt();
            return bytes.read(buffer, offset, length);
        }
    }

    private static Map<String, String> restore(ExporterServiceTest.Body body) throws IOException, InterruptedException {
        Map<String, String> results = new LinkedHashMap<>();
        try (HostEnd host = new HostEnd(
                Services.exporter(context -> ExporterServiceTest.exporter(body), new HostContext()))) {
            host.init(EXPORTER);
            try (ClientCall call = host.call(EXPORTER + "Export")) {
                for (String path : List.of("/a", "/b", "/c")) {
                    FileRecord record = FileRecord.file(path, 3, Instant.EPOCH, Content.of(""));
                    call.send(new ExportRequest(new WireRecord(record, true), null).encode());
                    call.send(Chunk.exportHead(3), ByteBuffer.wrap(new byte[3]));
                    call.send(ExportRequest.endMarker());
                }
                call.halfClose();
                for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                    var result = ExportResponse.decode(m).result();
                    results.put(result.header().record().pathname(), Objects.requireNonNullElse(result.error(), ""));
                }
            }
        }
        return results;
    }

    @Test
    void aHandlerThatRestoresTheInterruptFailsItsRecordAndNoOther() throws Exception {
        assertThat(restore((records, results) -> records.forEach(results, record -> {
            if (record.pathname().equals("/a")) {
                Thread.currentThread().interrupt();
                throw new IOException("the client was interrupted");
            }
        }))).containsExactly(Map.entry("/a", "the client was interrupted"), Map.entry("/b", ""), Map.entry("/c", ""));
    }

    @Test
    void anExporterThatReturnsInterruptedLosesNoResult() throws Exception {
        assertThat(restore((records, results) -> {
            ConnectorRecord first = Objects.requireNonNull(records.next());
            Thread.currentThread().interrupt();
            results.ok(first);
            assertThat(Thread.currentThread().isInterrupted()).as("it is the author's own").isTrue();
        })).containsEntry("/a", "")
                .containsEntry("/b", "the exporter returned without a result for this record")
                .hasSize(3);
    }

    @Test
    void aStatusOfPutDoesNotOvertakeTheData() throws Exception {
        StoreServiceTest.MemoryStore store = new StoreServiceTest.MemoryStore() {
            @Override
            public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
                Thread.currentThread().interrupt();
                throw new IOException("the client was interrupted");
            }
        };
        try (HostEnd host = store(store); ClientCall call = host.call(STORE + "Put")) {
            call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, MAC, StoreHints.NONE));
            for (int i = 0; i < 8; i++) {
                call.send(Chunk.putHead(1 << 20), ByteBuffer.allocate(1 << 20));
            }
            call.halfClose();
            assertThatThrownBy(call::receive).isInstanceOf(StatusException.class)
                    .hasMessage("the client was interrupted");
        }
    }

    private static HostEnd store(StoreServiceTest.MemoryStore store) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.storage(context -> store, new HostContext()));
        host.unary(STORE + "Init", new StoreInitRequest("memory", Map.of()).encode());
        return host;
    }

    @Test
    void anAnswerGetsThroughAnInterruptThatTheConnectorLeft() throws Exception {
        StoreServiceTest.MemoryStore store = new StoreServiceTest.MemoryStore() {
            @Override
            public List<ObjectMac> list(StorageResource resource) {
                Thread.currentThread().interrupt();
                return List.of(MAC);
            }

            @Override
            public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
                long stored = super.put(resource, mac, data);
                Thread.currentThread().interrupt();
                return stored;
            }
        };
        try (HostEnd host = store(store)) {
            assertThat(ListResponse.decode(host.unary(STORE + "List",
                    new ListRequest(StorageResource.PACKFILE, StoreHints.NONE).encode())).macs()).containsExactly(MAC);
            try (ClientCall call = host.call(STORE + "Put")) {
                call.send(PutRequest.encodeFirst(StorageResource.PACKFILE, MAC, StoreHints.NONE));
                call.halfClose();
                assertThat(call.receive()).isNotNull();
                assertThat(call.receive()).isNull();
            }
        }
    }

    @Test
    void listingAndContentsGetThroughAnInterruptThatTheConnectorLeft() throws Exception {
        try (HostEnd host = new HostEnd(Services.importer(context -> new Interrupted(), new HostContext()))) {
            host.init(IMPORTER);
            host.unary(IMPORTER + "Ping", Empty.encode());
            try (ClientCall call = host.call(IMPORTER + "Import")) {
                FileRecord record = (FileRecord) Objects.requireNonNull(HostEnd.nextRecord(call));
                try (ClientCall open = host.call(IMPORTER + "Open")) {
                    open.sendLast(new OpenRequest("/a", false, "", XattrType.EXTENDED, "").encode());
                    assertThat(Chunk.decodeOpen(Objects.requireNonNull(open.receive())).remaining()).isEqualTo(3);
                    assertThat(open.receive()).isNull();
                }
                assertThat(HostEnd.nextRecord(call)).as("the listing is complete").isNull();
                HostEnd.acknowledge(call, record);
                call.halfClose();
                assertThat(call.receive()).isNull();
            }
        }
    }
}
