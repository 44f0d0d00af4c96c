package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RemoteExporterTest {

    private static final String EXPORT = "/plakar.exporter.Exporter/Export";

    /** Keeps the results as text, sorted by nothing. */
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

    /** Takes everything and says ok, except for a file whose content ends without the end marker. */
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
    void everyRecordIsSentAndItsResultTold() throws Exception {
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
    void aContentThatBreaksInTheMiddleCostsOnlyItself() throws Exception {
        Content half = () -> new SequenceInputStream(Content.of("x".repeat(300_000)).open(),
                new BrokenStream("bad sector"));
        Results results = export(RemoteExporterTest::restore, file("/before", Content.of("x")), file("/half", half),
                file("/after", Content.of("x")));
        assertThat(results.seen).containsExactlyInAnyOrder("/before ok", "/half cannot be read to its end: bad sector",
                "/after ok");
    }

    @Test
    void aPluginThatGivesUpIsQuotedInsteadOfABareEnd() {
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
                // Takes everything, says nothing.
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
}
