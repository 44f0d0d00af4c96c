package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExporterServiceTest {

    private static final String SERVICE = "/plakar.exporter.Exporter/";

    /** What one export does. */
    interface Body {
        void run(RecordSource records, ResultSink results) throws IOException, InterruptedException;
    }

    private record Scripted(Body body) implements Exporter {

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
            return "/r";
        }

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            body.run(records, results);
        }
    }

    static Exporter exporter(Body body) {
        return new Scripted(body);
    }

    private static HostEnd host(Body body) throws IOException, InterruptedException {
        HostEnd host = new HostEnd(Services.exporter(context -> new Scripted(body), new HostContext()));
        host.init(SERVICE);
        return host;
    }

    private static FileRecord file(String path) {
        return FileRecord.file(path, 3, Instant.EPOCH, Content.of(""));
    }

    private static FileRecord directory(String path, String name) {
        return FileRecord.received(path, FileInfo.directory(name, Instant.EPOCH), "", List.of(), 0, null);
    }

    private static void send(ClientCall call, FileRecord record, String... chunks)
            throws IOException, InterruptedException {
        boolean hasReader = record.info().mode().isRegular();
        call.send(new ExportRequest(new WireRecord(record, hasReader), null).encode());
        for (String chunk : chunks) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            call.send(Chunk.exportHead(bytes.length), ByteBuffer.wrap(bytes));
        }
    }

    private static void sendWhole(ClientCall call, FileRecord record, String... chunks)
            throws IOException, InterruptedException {
        send(call, record, chunks);
        call.send(ExportRequest.endMarker());
    }

    /** {@return the results by path; the empty text means success} */
    private static Map<String, String> results(ClientCall call) throws IOException, InterruptedException {
        Map<String, String> results = new LinkedHashMap<>();
        for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
            var result = ExportResponse.decode(m).result();
            String error = result.error();
            String before = results.put(result.header().record().pathname(), error == null ? "" : error);
            assertThat(before).as("one result per record").isNull();
        }
        return results;
    }

    private static FileRecord nextFile(RecordSource records) throws IOException, InterruptedException {
        return (FileRecord) Objects.requireNonNull(records.next(), "no more records");
    }

    private static String text(ConnectorRecord record) throws IOException {
        try (InputStream in = ((FileRecord) record).content().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void recordsComeInOrderWithTheirContentAndEachGetsOneResult() throws Exception {
        Map<String, String> seen = Collections.synchronizedMap(new LinkedHashMap<>());
        try (HostEnd host = host((records, results) -> records.forEach(results, record -> {
            boolean content = record instanceof FileRecord f && f.content().isPresent();
            seen.put(record.pathname(), content ? text(record) : "-");
        }))) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                send(call, directory("/", "original"));
                sendWhole(call, file("/a"), "ab", "c");
                sendWhole(call, file("/empty"));
                call.halfClose();
                assertThat(results(call)).containsExactly(Map.entry("/", ""), Map.entry("/a", ""),
                        Map.entry("/empty", ""));
            }
        }
        assertThat(seen).containsExactly(Map.entry("/", "-"), Map.entry("/a", "abc"), Map.entry("/empty", ""));
    }

    @Test
    void aFailingRecordIsReportedAndTheRestGoesOn() throws Exception {
        try (HostEnd host = host((records, results) -> records.forEach(results, record -> {
            if (record.pathname().equals("/a")) {
                throw new IOException("disk full");
            }
        }))) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendWhole(call, file("/a"), "unread", "unread");
                sendWhole(call, file("/b"), "unread");
                call.halfClose();
                assertThat(results(call)).containsExactly(Map.entry("/a", "disk full"), Map.entry("/b", ""));
            }
        }
    }

    @Test
    void aFileThatIsCutShortIsAnErrorEvenIfTheExporterDidNotNotice() throws Exception {
        for (Body body : List.<Body>of(
                (records, results) -> records.forEach(results, ExporterServiceTest::text),
                (records, results) -> records.forEach(results, record -> {}))) {
            try (HostEnd host = host(body)) {
                try (ClientCall call = host.call(SERVICE + "Export")) {
                    sendWhole(call, file("/whole"), "x");
                    send(call, file("/cut"), "x");
                    call.halfClose();
                    assertThat(results(call)).containsEntry("/whole", "")
                            .containsEntry("/cut",
                                    "the host ended in the middle of /cut: its content is not complete");
                }
            }
        }
    }

    @Test
    void contentKeepsItsRules() throws Exception {
        try (HostEnd host = host((records, results) -> {
            FileRecord first = nextFile(records);
            InputStream in = first.content().orElseThrow().open();
            assertThat(in.read(new byte[0])).isZero();
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.readAllBytes()).hasSize(2);
            assertThat(in.read()).as("the end stays the end").isEqualTo(-1);
            assertThatThrownBy(() -> first.content().orElseThrow().open()).hasMessageContaining("once only");
            in.close();
            in.close();
            assertThatThrownBy(in::read).hasMessage("the content of /a is closed");
            results.ok(first);
            results.ok(first);

            FileRecord second = nextFile(records);
            InputStream unread = second.content().orElseThrow().open();
            assertThat(records.next()).isNull();
            assertThatThrownBy(unread::read)
                    .hasMessage("the content of /b is gone: the next record has been requested");
            results.ok(second);
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendWhole(call, file("/a"), "abc");
                sendWhole(call, file("/b"), "abc");
                call.halfClose();
                assertThat(results(call)).containsExactly(Map.entry("/a", ""),
                        Map.entry("/b", "its content was still being read when the next record was requested"));
            }
        }
    }

    @Test
    void anExporterThatStopsLeavesNoRecordWithoutAResult() throws Exception {
        try (HostEnd host = host((records, results) -> {
            results.ok(nextFile(records));
            records.next();
            throw new IOException("no space left");
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                for (String path : List.of("/a", "/b", "/c")) {
                    sendWhole(call, file(path), "x");
                }
                call.halfClose();
                List<String> paths = new ArrayList<>();
                assertThatThrownBy(() -> {
                    for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                        var result = ExportResponse.decode(m).result();
                        paths.add(result.header().record().pathname() + " " + result.error());
                    }
                }).isInstanceOf(StatusException.class).hasMessage("no space left");
                assertThat(paths).containsExactlyInAnyOrder("/a null",
                        "/b the restore stopped before this record: no space left",
                        "/c the restore stopped before this record: no space left");
            }
        }
    }

    @Test
    void anExporterThatForgetsResultsIsReported() throws Exception {
        try (HostEnd host = host((records, results) -> {
            while (records.next() != null) {
                // Reports no result for any of them.
            }
        })) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                sendWhole(call, file("/a"), "x");
                call.halfClose();
                assertThat(results(call)).containsExactly(
                        Map.entry("/a", "the exporter returned without a result for this record"));
            }
        }
    }

    @Test
    void aRecordThatBreaksTheRulesFailsAlone() throws Exception {
        List<String> restored = Collections.synchronizedList(new ArrayList<>());
        try (HostEnd host = host((records, results) -> records.forEach(results, record -> {
            restored.add(record.pathname() + " " + text(record));
        }))) {
            try (ClientCall call = host.call(SERVICE + "Export")) {
                // ExportRequest { record { hasReader: true, pathname: "/a/../b", fileInfo {} } }
                call.send(ByteBuffer.wrap(HexFormat.of().parseHex("0a0d0801" + "1207" + "2f612f2e2e2f62" + "4200")));
                byte[] chunk = "evil".getBytes(StandardCharsets.UTF_8);
                call.send(Chunk.exportHead(chunk.length), ByteBuffer.wrap(chunk));
                call.send(ExportRequest.endMarker());
                sendWhole(call, file("/b"), "good");
                call.halfClose();
                assertThat(results(call)).containsExactly(Map.entry("/",
                        "cannot read Record: the path \"/a/../b\" of a record must not contain . or .."),
                        Map.entry("/b", ""));
            }
        }
        assertThat(restored).containsExactly("/b good");
    }

    @Test
    void allOptionsArrive() throws Exception {
        List<ConnectorContext> seen = new ArrayList<>();
        Options options = Options.builder()
                .hostname("h")
                .operatingSystem("linux")
                .architecture("amd64")
                .cwd("/w")
                .maxConcurrency(7)
                .excludes(List.of("*.o", "!a.o"))
                .noXattr(true)
                .build();
        try (HostEnd host = new HostEnd(Services.exporter(context -> {
            seen.add(context);
            return new Scripted((records, results) -> {});
        }, new HostContext()))) {
            host.unary(SERVICE + "Init", new InitRequest(options, "proto", Map.of("location", "proto://l")).encode());
            assertThat(seen.getFirst().options()).usingRecursiveComparison().isEqualTo(options);
        }
    }

    @Test
    void callsBeforeInitAndASecondInitAreRefusedAndTheProcessLives() throws Exception {
        try (HostEnd host = new HostEnd(
                Services.exporter(context -> new Scripted((records, results) -> {}), new HostContext()))) {
            for (String method : List.of("Ping", "Export", "Close")) {
                assertThatThrownBy(() -> host.unary(SERVICE + method, Empty.encode()))
                        .hasMessage("the exporter is not initialised: Init must be called, and succeed, first");
            }
            host.init(SERVICE);
            assertThatThrownBy(() -> host.init(SERVICE))
                    .hasMessage("the exporter has been initialised already: a plugin process serves one Init only");
            host.unary(SERVICE + "Ping", Empty.encode());
        }
    }

    @Test
    void theExporterIsInterruptedWhenTheHostGivesUp() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (HostEnd host = host((records, results) -> {
            started.countDown();
            try {
                records.next();
            } finally {
                interrupted.countDown();
            }
        })) {
            ClientCall call = host.call(SERVICE + "Export");
            started.await();
            call.cancel();
            interrupted.await();
            host.unary(SERVICE + "Ping", Empty.encode());
            host.unary(SERVICE + "Close", Empty.encode());
        }
    }
}
