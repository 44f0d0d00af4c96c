package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.ResultSink;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemoteExporterTest {

    private static final String EXPORT = "/plakar.exporter.Exporter/Export";

    /** Keeps the results as text, unsorted. */
    private static final class Results implements ResultSink {

        final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void ok(ConnectorRecord record) {
            seen.add(record.pathname() + " ok");
        }

        @Override
        public void error(ConnectorRecord record, String message) {
            seen.add(record.pathname() + " " + message);
        }
    }

    private static FileRecord file(String path, Content content) {
        return FileRecord.file(path, 400_000, Instant.EPOCH, content);
    }

    private static FileRecord directory(String path) {
        String name = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
        return FileRecord.of(path, FileInfo.directory(name, Instant.EPOCH));
    }

    private static Results export(CallHandler handler, FileRecord... records) throws IOException, InterruptedException {
        Results results = new Results();
        try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of(EXPORT, handler))) {
            Iterator<FileRecord> all = List.of(records).iterator();
            new RemoteExporter(plugin.connection, ScriptedPlugin.DESCRIPTION)
                    .exportRecords(() -> all.hasNext() ? all.next() : null, results);
        }
        return results;
    }

    private static void answer(ServerCall call, WireRecord record) throws IOException, InterruptedException {
        call.send(new ExportResponse(new WireResult(record, null)).encode());
    }

    /** Takes everything and reports success, except for a file whose content ends without the end marker. */
    private static void restore(ServerCall call) throws IOException, InterruptedException {
        WireRecord open = null;
        for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
            ExportRequest request = ExportRequest.decode(m);
            if (request.record() != null) {
                open = request.record();
            }
            boolean end = request.chunk() != null && !request.chunk().hasRemaining();
            if (open != null && (end || !open.hasReader())) {
                answer(call, open);
                open = null;
            }
        }
    }

    @Test
    void everyRecordIsSentAndItsResultReported() throws Exception {
        Results results = export(RemoteExporterTest::restore, file("/a", Content.of("abc")),
                file("/empty", Content.of("")));
        assertThat(results.seen).containsExactlyInAnyOrder("/a ok", "/empty ok");
    }

    @Test
    void aContentThatCannotBeOpenedIsAnErrorAndNeverSent() throws Exception {
        Results results = export(RemoteExporterTest::restore, file("/bad", () -> {
            throw new IOException("vanished");
        }), file("/good", Content.of("x")));
        assertThat(results.seen).containsExactlyInAnyOrder("/bad vanished", "/good ok");
    }

    @Test
    void aContentThatBreaksInTheMiddleFailsAlone() throws Exception {
        Content half = () -> new SequenceInputStream(Content.of("x".repeat(300_000)).open(),
                new BrokenStream("bad sector"));
        Results results = export(RemoteExporterTest::restore, file("/before", Content.of("x")), file("/half", half),
                file("/after", Content.of("x")));
        assertThat(results.seen).containsExactlyInAnyOrder("/before ok", "/half cannot be read to its end: bad sector",
                "/after ok");
    }

    /** At its end a stream sets the modes and times of directories; records that follow a break must not undo that. */
    @Test
    void afterABreakTheDirectoriesOfRemainingRecordsAreNamedAgain() throws Exception {
        Content half = () -> new SequenceInputStream(Content.of("x".repeat(300_000)).open(),
                new BrokenStream("bad sector"));
        List<List<String>> streams = Collections.synchronizedList(new ArrayList<>());
        Results results = export(call -> {
            List<String> paths = new ArrayList<>();
            streams.add(paths);
            WireRecord open = null;
            for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                ExportRequest request = ExportRequest.decode(m);
                if (request.record() != null) {
                    open = request.record();
                    paths.add(open.record().pathname());
                }
                boolean end = request.chunk() != null && !request.chunk().hasRemaining();
                if (open != null && (end || !open.hasReader())) {
                    boolean late = open.hasReader() && paths.contains("/d/e/2");
                    call.send(new ExportResponse(new WireResult(open, late ? "disk full" : null)).encode());
                    open = null;
                }
            }
        }, directory("/"), directory("/d"), directory("/d/e"), directory("/f"), file("/d/half", half),
                file("/d/e/2", Content.of("x")), directory("/g"), file("/f/3", Content.of("x")));

        assertThat(streams).containsExactly(List.of("/", "/d", "/d/e", "/f", "/d/half"),
                List.of("/", "/d", "/d/e", "/d/e/2", "/g", "/f", "/f/3"));
        assertThat(results.seen).containsExactlyInAnyOrder("/ ok", "/d ok", "/d/e ok", "/f ok",
                "/d/half cannot be read to its end: bad sector", "/d/e/2 disk full", "/g ok", "/f/3 disk full");
    }

    @Test
    void aContentWhoseFirstReadFailsIsClosed() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Results results = export(RemoteExporterTest::restore, file("/bad", () -> new BrokenStream("bad sector") {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }));
        assertThat(results.seen).containsExactly("/bad bad sector");
        assertThat(closed).hasValue(1);
    }

    @Test
    void aFileLongerThanItsRecordSaysIsSentWhole() throws Exception {
        AtomicInteger bytes = new AtomicInteger();
        AtomicInteger chunks = new AtomicInteger();
        Results results = export(call -> {
            WireRecord record = ExportRequest.decode(Objects.requireNonNull(call.receive())).record();
            ByteBuffer chunk = ExportRequest.decode(Objects.requireNonNull(call.receive())).chunk();
            while (chunk != null && chunk.hasRemaining()) {
                bytes.addAndGet(chunk.remaining());
                chunks.incrementAndGet();
                chunk = ExportRequest.decode(Objects.requireNonNull(call.receive())).chunk();
            }
            answer(call, Objects.requireNonNull(record));
            call.receive();
        }, FileRecord.file("/log", 1, Instant.EPOCH, Content.of("x".repeat(1_000_000))));
        assertThat(results.seen).containsExactly("/log ok");
        assertThat(bytes).hasValue(1_000_000);
        assertThat(chunks).hasValueLessThan(10);
    }

    @Test
    void twoRecordsOfOnePathGetTwoResults() throws Exception {
        Results results = export(RemoteExporterTest::restore, file("/a", Content.of("x")), file("/a", Content.of("y")));
        assertThat(results.seen).containsExactly("/a ok", "/a ok");
    }

    @Test
    void thePluginsReasonIsReportedWhenItGivesUp() {
        assertThatThrownBy(() -> export(call -> {
            call.receive();
            throw new StatusException(StatusCode.UNKNOWN, "no space left on the device");
        }, file("/a", Content.of("x".repeat(9_000_000))), file("/b", Content.of("x"))))
                .isInstanceOf(PluginException.class)
                .hasMessage("plugin scripted: no space left on the device");
    }

    @Test
    void aRecordWithoutAResultIsReported() throws Exception {
        Results results = export(call -> {
            while (call.receive() != null) {
                // Takes everything and answers nothing.
            }
        }, file("/a", Content.of("x")));
        assertThat(results.seen).containsExactly("/a the plugin scripted gave no result for it");
    }

    @Test
    void anAnswerWithoutAResultIsASentenceAndNotACrash() {
        assertThatThrownBy(() -> export(call -> {
            call.receive();
            call.send(ByteBuffer.allocate(0));
            while (call.receive() != null) {
                // Waits for the end.
            }
        }, file("/a", Content.of("x")))).isInstanceOf(PluginException.class).hasMessageContaining("ExportResponse");
    }

    @Test
    void anErrorInTheResultListenerEndsTheExportThoughTheSenderWaits() {
        assertThatThrownBy(() -> exportTo(new AssertionError("the count is wrong")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot take a result of the plugin: java.lang.AssertionError: the count is wrong");
    }

    @Test
    void aResultListenerWithoutMemoryEndsTheExportThoughTheSenderWaits() {
        assertThatThrownBy(() -> exportTo(new OutOfMemoryError("Java heap space")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot take a result of the plugin: ")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    /** Send more than a plugin takes that answers the first record and then stops reading. The listener throws. */
    private static void exportTo(Error thrown) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CallHandler stuck = call -> {
            answer(call, Objects.requireNonNull(ExportRequest.decode(Objects.requireNonNull(call.receive())).record()));
            never.await(); // until the call is cancelled
        };
        try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of(EXPORT, stuck))) {
            Iterator<FileRecord> all = List.of(directory("/"), file("/large", Content.of("x".repeat(9_000_000))))
                    .iterator();
            new RemoteExporter(plugin.connection, ScriptedPlugin.DESCRIPTION)
                    .exportRecords(() -> all.hasNext() ? all.next() : null, new ResultSink() {
                        @Override
                        public void ok(ConnectorRecord record) {
                            throw thrown;
                        }

                        @Override
                        public void error(ConnectorRecord record, String message) {
                            throw thrown;
                        }
                    });
        }
    }
}
