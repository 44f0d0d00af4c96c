package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No message, log, recording, statistics or doctor shows a part of the {@link AwkwardPasswords}. */
@Timeout(180)
class AwkwardPasswordsTest {

    @TempDir
    Path directory = Path.of("");

    private final List<String> everything = new ArrayList<>();

    private void ask(GrpcClient client, String method, ByteBuffer request) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/importer.Importer/" + method)) {
            call.deadline(Duration.ofSeconds(60));
            if (request.hasRemaining()) {
                call.sendLast(request);
            } // an import's stream stays open, because acknowledgements would come on it
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                everything.add(StandardCharsets.UTF_8.decode(message).toString());
            }
        } catch (StatusException e) {
            everything.add(e.status().message());
        }
    }

    /** Run all failing starts of a process and a good one, and keep its recording, log, statistics, messages and records. */
    private void session(ShelfProcess plugin, Map<String, String> environment) throws Exception {
        Path errors = directory.resolve("errors" + everything.size());
        Process process = plugin.start(environment, errors);
        try (GrpcClient client = GrpcClient.connect(process.getInputStream(), process.getOutputStream(),
                GrpcLimits.defaults())) {
            for (int i = 0; i < AwkwardPasswords.COUNT; i++) {
                ask(client, "Init", AwkwardPasswords.init(AwkwardPasswords.settings(i)));
            }
            Map<String, String> good = AwkwardPasswords.allSettings();
            good.put("good", "true");
            ask(client, "Init", AwkwardPasswords.init(good));
            ask(client, "Import", ByteBuffer.allocate(0));
        }
        process.getOutputStream().close();
        assertThat(process.waitFor()).isNotNegative();
        everything.add(Files.readString(errors));
    }

    @Test
    void noPartOfAPasswordIsShownAnywhere() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory, LeakyPlugin.class);
        Path recordings = Files.createDirectories(directory.resolve("recordings"));
        session(plugin, Map.of("KLOSET_LOG", "debug", "KLOSET_STATS", "1", "KLOSET_RECORD", recordings.toString()));
        session(plugin, Map.of("KLOSET_LOG_FORMAT", "json"));
        try (Stream<Path> files = Files.list(recordings)) {
            for (Path file : files.toList()) {
                everything.add(Files.readString(file));
            }
        }
        Map<String, String> all = AwkwardPasswords.allSettings();
        everything.add(plugin.doctor(Map.of("KLOSET_LOG", "debug"), all).text());
        everything.add(plugin.doctor(Map.of(), all, "--json").text());

        AwkwardPasswords.assertShownNowhere(everything, "cannot connect: ", "library: ", "by way of SLF4J",
                "Caused by: ", "***", "kloset-recording", "stats: ", "everything: [", "\"steps\":",
                "\"result\":\"failed\"");
    }
}
