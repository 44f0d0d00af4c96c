package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RemoteImporterTest {

    private static final String IMPORT = "/importer.Importer/Import";
    private static final String OPEN = "/importer.Importer/Open";
    private static final ConnectorRecord FILE = FileRecord.file("/a", 3, Instant.EPOCH, Content.of("abc"));

    /** Reads every content and then acknowledges the record. */
    private static final class Reader implements RecordSink {

        final List<String> seen = new ArrayList<>();

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
            try (InputStream in = ((FileRecord) record).content().orElseThrow().open()) {
                seen.add(record.pathname() + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                seen.add(record.pathname() + ": " + e.getMessage());
            }
            onResult.accept(ConnectorResult.ok(record));
        }
    }

    private static List<String> importAll(CallHandler importHandler, CallHandler openHandler)
            throws IOException, InterruptedException {
        Reader reader = new Reader();
        try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of(IMPORT, importHandler, OPEN, openHandler))) {
            new RemoteImporter(plugin.connection, ScriptedPlugin.DESCRIPTION).importRecords(reader);
        }
        return reader.seen;
    }

    private static void chunk(ServerCall call, String text) throws IOException, InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.send(Chunk.openHead(bytes.length), ByteBuffer.wrap(bytes));
    }

    private static void oneRecord(ServerCall call) throws IOException, InterruptedException {
        call.send(ImportResponse.encodeRecord(FILE));
        call.send(ImportResponse.finishedMessage());
        while (call.receive() != null) {
            // acknowledgements
        }
    }

    @Test
    void contentIsReadAndTheAcknowledgementReachesThePlugin() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        List<String> seen = importAll(call -> {
            call.send(ImportResponse.encodeRecord(FILE));
            acknowledged.add(
                    ImportRequest.decode(Objects.requireNonNull(call.receive())).result().header().record().pathname());
            call.send(ImportResponse.finishedMessage());
            assertThat(call.receive()).isNull();
        }, call -> {
            call.receive();
            chunk(call, "a");
            call.send(ByteBuffer.allocate(0));
            chunk(call, "bc");
        });

        assertThat(seen).as("an empty chunk is nothing").containsExactly("/a=abc");
        assertThat(acknowledged).containsExactly("/a");
    }

    @Test
    void aFailingOpenIsReportedByTheFirstRead() throws Exception {
        assertThat(importAll(RemoteImporterTest::oneRecord, call -> {
            throw new StatusException(StatusCode.PERMISSION_DENIED, "permission denied: /a");
        })).containsExactly("/a: plugin scripted: permission denied: /a");
    }

    @Test
    void anEndWithoutFinishedIsAnEnd() throws Exception {
        assertThat(importAll(call -> {
            call.send(ImportResponse.encodeRecord(FILE));
            call.receive();
        }, call -> chunk(call, "x"))).containsExactly("/a=x");
    }

    @Test
    void anErrorAfterFinishedIsStillAnError() {
        assertThatThrownBy(() -> importAll(call -> {
            call.send(ImportResponse.finishedMessage());
            call.receive();
            throw new StatusException(StatusCode.INTERNAL, "the lock could not be released");
        }, call -> {})).isInstanceOf(PluginException.class)
                .hasMessage("plugin scripted: the lock could not be released");
    }

    @Test
    void anErrorInTheMiddleIsTheErrorOfTheImport() {
        assertThatThrownBy(() -> importAll(call -> {
            call.send(ImportResponse.encodeRecord(FILE));
            throw new StatusException(StatusCode.UNKNOWN, "connection lost");
        }, call -> chunk(call, "x"))).isInstanceOf(PluginException.class)
                .hasMessage("plugin scripted: connection lost");
    }

    @Test
    void aPluginOfAnOlderPlakarIsRecognized() {
        assertThatThrownBy(() -> {
            try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of())) {
                new RemoteImporter(plugin.connection, ScriptedPlugin.DESCRIPTION).importRecords(new Reader());
            }
        }).isInstanceOf(PluginException.class).hasMessageContaining("does not know a call that Plakar v1.1 makes");
    }

    @Test
    void aFailingReceiverCancelsTheImport() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of(IMPORT, call -> {
            call.onCancel(cancelled::countDown);
            call.send(ImportResponse.encodeRecord(FILE));
            call.receive();
        }))) {
            RemoteImporter importer = new RemoteImporter(plugin.connection, ScriptedPlugin.DESCRIPTION);
            assertThatThrownBy(() -> importer.importRecords((record, onResult) -> {
                throw new IOException("the disk is full");
            })).hasMessage("the disk is full");
            cancelled.await();
        }
    }

    /** {@return an error with any path, even one that our own records would refuse} For texts of up to 100 bytes. */
    private static ByteBuffer error(String pathname, String reason) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        for (String text : List.of(pathname, reason)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            record.write(record.size() == 0 ? 2 << 3 | 2 : 3 << 3 | 2);
            record.write(bytes.length);
            record.writeBytes(bytes);
        }
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        response.write(1 << 3 | 2);
        response.write(record.size());
        response.writeBytes(record.toByteArray());
        return ByteBuffer.wrap(response.toByteArray());
    }

    /** Upstream's notion integration sends errors without a path; Plakar shows them and goes on. */
    @Test
    void anErrorIsShownWhateverItsPathAndTheImportGoesOn() throws Exception {
        List<String> pathnames = List.of("", "a/b", "/c/", "/d/../e", "//", "/fine");
        List<String> acknowledged = new ArrayList<>();
        CallHandler handler = call -> {
            for (String pathname : pathnames) {
                call.send(error(pathname, "cannot list the pages"));
                ByteBuffer request = Objects.requireNonNull(call.receive(), "an acknowledgement");
                acknowledged.add(sentPathname(request));
            }
            call.send(ImportResponse.finishedMessage());
        };
        List<String> seen = new ArrayList<>();
        try (ScriptedPlugin plugin = new ScriptedPlugin(Map.of(IMPORT, handler))) {
            new RemoteImporter(plugin.connection, ScriptedPlugin.DESCRIPTION).importRecords((record, onResult) -> {
                seen.add(record.pathname() + ": " + ((ErrorRecord) record).message());
                onResult.accept(ConnectorResult.ok(record));
            });
        }
        assertThat(seen).containsExactly("/: cannot list the pages", "/a/b: cannot list the pages",
                "/c: cannot list the pages", "/d/e: cannot list the pages", "/: cannot list the pages",
                "/fine: cannot list the pages");
        assertThat(acknowledged).isEqualTo(pathnames);
    }

    /** {@return the path in an acknowledgement of an error, byte for byte} Result and header have lengths of one byte. */
    private static String sentPathname(ByteBuffer request) {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        int header = 4; // ImportRequest.result and Result.header, each with a tag and a length
        return bytes[header] == (2 << 3 | 2)
                ? new String(bytes, header + 2, bytes[header + 1], StandardCharsets.UTF_8)
                : "";
    }
}
