package dev.kloset.wire.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ErrorRecord;
import dev.kloset.Options;
import dev.kloset.XattrType;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    private static final String PASSWORD = "correct horse battery%staple";
    private static final String CONTENT = "canary of the content";
    private static final String LOCATION = "sftp://canary-user:canary-pw@host/canary-path?token=canary-token";
    private static final Map<String, String> CONFIG = Map.of("location", LOCATION, "password", PASSWORD, "pin", "7x3");

    @TempDir
    private Path dir;

    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    /** A plugin whose errors repeat its configuration. */
    private static void serve(ServerCall call) throws IOException, InterruptedException {
        while (call.receive() != null) {
            // Up to the half-close: a server that answers before it must reset the rest of the request.
        }
        switch (call.path()) {
            case "/importer.Importer/Init" ->
                call.send(new InitResponse("canary-user", "sftp", "/canary-path", Set.of()).encode());
            case "/importer.Importer/Import" -> {
                call.send(ImportResponse.encodeRecord(new ErrorRecord("/canary-path/a", "pin 7x3 is wrong")));
                call.send(ImportResponse.finishedMessage());
            }
            case "/importer.Importer/Open" -> {
                byte[] bytes = CONTENT.getBytes(StandardCharsets.UTF_8);
                call.send(Chunk.openHead(bytes.length), ByteBuffer.wrap(bytes));
            }
            default -> throw new StatusException(StatusCode.PERMISSION_DENIED,
                    "cannot log in with " + PASSWORD + " at " + LOCATION);
        }
    }

    private Recorder recorder(boolean host, Path file) {
        return Recorder.of(Map.of(Recorder.VARIABLE, file.toString()), host, () -> 4711, complaints::add).orElseThrow();
    }

    private void session(Path hostFile, Path pluginFile) throws Exception {
        PipePair pipes = PipePair.usual();
        Recorder host = recorder(true, hostFile);
        Recorder plugin = recorder(false, pluginFile);
        GrpcServer server = GrpcServer.start(plugin.in(pipes.toServer().in()), plugin.out(pipes.toClient().out()),
                path -> RecorderTest::serve, GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(host.in(pipes.toClient().in()), host.out(pipes.toServer().out()),
                GrpcLimits.defaults())) {
            ask(client, "Init", new InitRequest(Options.builder().build(), "sftp", CONFIG).encode());
            ask(client, "Import", Empty.encode());
            ask(client, "Open", new OpenRequest("/canary-path/a", false, "", XattrType.EXTENDED, "").encode());
            assertThatThrownBy(() -> ask(client, "Ping", Empty.encode())).hasMessageContaining(PASSWORD);
        }
        server.awaitEnd();
        host.close(Duration.ofSeconds(10));
        plugin.close(Duration.ofSeconds(10));
    }

    private static void ask(GrpcClient client, String method, ByteBuffer request)
            throws IOException, InterruptedException {
        try (ClientCall call = client.call("/importer.Importer/" + method)) {
            call.deadline(Duration.ofMinutes(2));
            call.sendLast(request);
            while (call.receive() != null) {
                // whatever it is
            }
        }
    }

    @Test
    void bothEndsWriteTheSessionAndNeitherWritesASecret() throws Exception {
        session(dir, dir);
        assertThat(complaints).isEmpty();
        for (String name : List.of("host-importer-4711.jsonl", "plugin-importer-4711.jsonl")) {
            String text = Files.readString(dir.resolve(name));
            assertThat(text).doesNotContain("canary", "horse", "staple", "7x3")
                    .contains("\"location\":\"sftp://*:*@*/*?*=*\"", "\"password\":\"\"",
                            "cannot log in with ${password} at ${location}", "pin ${pin} is wrong",
                            "\"root\":\"${location.directory}\"", "\"length\":21,\"sha256\":\"");
        }
    }

    @Test
    void theEventsOfACallAreInTheOrderOfTheWire() throws Exception {
        session(dir, dir);
        List<String> seen = new ArrayList<>();
        RecordedEvent.read(dir.resolve("plugin-importer-4711.jsonl"), event -> {
            if (event.stream() == 3) {
                seen.add((event.fromHost() ? "> " : "< ") + event.event());
            }
        });
        assertThat(seen).containsExactly("> call", "> message", "> half-close", "< headers", "< message", "< message",
                "< status");
    }

    @Test
    void aFileThatIsThereAlreadyIsKept() throws Exception {
        Path file = Files.writeString(dir.resolve("session"), "older");
        session(file, file);
        assertThat(file).hasContent("older");
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(one -> one.getFileName().toString())).containsExactlyInAnyOrder("session",
                    "session.host-importer-4711.jsonl", "session.plugin-importer-4711.jsonl");
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenEndsTheRecordingAndNotTheProtocol() throws Exception {
        session(dir.resolve("nowhere/file"), Path.of("/dev/full"));
        assertThat(complaints).hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("nowhere/file", "no such file or directory"))
                .anySatisfy(text -> assertThat(text).contains("/dev/full", "No space left"));
    }

    @Test
    void nothingWaitsForADiskThatDoesNotKeepUp() throws Exception {
        Path fifo = dir.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        RecordingFile file = new RecordingFile(fifo, 1000, complaints::add);
        file.name("x"); // the pipe has no reader: opening it for writing waits for ever
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 100; i++) {
                file.add("a line of some length " + i);
            }
            done.countDown();
        });
        done.await();
        file.close(Duration.ZERO);
        assertThat(complaints).containsExactly(
                "kloset: the recording in " + fifo + " stops here: the disk does not keep up");
        // A pipe that is opened for both directions does not wait, and it lets a writer that waits for a reader go on.
        new RandomAccessFile(fifo.toFile(), "rw").close();
    }

    @Test
    void inputThatIsNotHttp2IsReportedAndNotQuoted() throws Exception {
        Recorder recorder = recorder(true, dir);
        recorder.in(new ByteArrayInputStream("Welcome, canary!".repeat(9000).getBytes(StandardCharsets.UTF_8)))
                .readAllBytes();
        recorder.close(Duration.ofSeconds(10));
        assertThat(Files.readString(dir.resolve("no-call"))).contains("\"event\":\"lost\"").doesNotContain("canary");
    }

    @Test
    void namesInPlaceOfValuesLeadBackToTheTextWithOtherValues() {
        Secrets here = Secrets.of(Map.of("location", "files:///srv/data", "user", "somebody"));
        Secrets there = Secrets.of(Map.of("location", "files:///mnt/copy", "user", "nobody"));
        String said = here.hide("/srv/data/x belongs to somebody");
        assertThat(said).isEqualTo("${location.directory}/x belongs to ${user}");
        assertThat(there.reveal(said)).isEqualTo("/mnt/copy/x belongs to nobody");
    }

    @Test
    void withoutTheVariableThereIsNoRecorder() {
        assertThat(Recorder.of(Map.of(), true, () -> 1, complaints::add)).isEmpty();
    }
}
