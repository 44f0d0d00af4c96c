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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flight recording contains no part of the {@link AwkwardPasswords}, except in what the JVM itself records about its start. */
@Timeout(180)
class AwkwardPasswordsInFlightRecordingsTest {

    private static final String OURS = "dev.kloset.";

    @TempDir
    Path directory = Path.of("");

    private void call(GrpcClient client, String method, ByteBuffer request) throws IOException, InterruptedException {
        try (ClientCall call = client.call("/importer.Importer/" + method)) {
            if (request.hasRemaining()) {
                call.sendLast(request);
            }
            while (call.receive() != null) {
                // Other tests check the answers of the plugin.
            }
        } catch (StatusException e) {
            assertThat(e.status().message()).isNotEmpty();
        }
    }

    /** {@return the recording of a session in which everything fails, with a password in the environment and in a property} */
    private Path recording(String options) throws Exception {
        Path file = directory.resolve("flight.jfr");
        String password = AwkwardPasswords.password(0);
        Process process = new ShelfProcess(directory, LeakyPlugin.class).start(
                Map.of("LEAKY_PASSPHRASE", password, "KLOSET_JAVA_OPTS", "-Dleaky.password=" + password
                        + " -XX:StartFlightRecording:" + options + "filename=" + file),
                directory.resolve("errors"));
        try (GrpcClient client = GrpcClient.connect(process.getInputStream(), process.getOutputStream(),
                GrpcLimits.defaults())) {
            for (int i = 0; i < AwkwardPasswords.COUNT; i++) {
                call(client, "Init", AwkwardPasswords.init(AwkwardPasswords.settings(i)));
            }
            Map<String, String> good = AwkwardPasswords.allSettings();
            good.put("good", "true");
            call(client, "Init", AwkwardPasswords.init(good));
            call(client, "Import", ByteBuffer.allocate(0));
        }
        process.getOutputStream().close();
        assertThat(process.waitFor()).isNotNegative();
        return file;
    }

    /** {@return all texts in {@code recorded}, at any depth} */
    private static List<String> texts(RecordedObject recorded) {
        List<String> texts = new ArrayList<>();
        for (ValueDescriptor field : recorded.getFields()) {
            Object value = recorded.getValue(field.getName());
            if (value instanceof String text) {
                texts.add(text);
            } else if (value instanceof RecordedObject inner) {
                texts.add(inner.toString()); // threads, classes, stacks: made of all that they contain
            }
        }
        return texts;
    }

    /** {@return the texts of a recording, by the types of their events} */
    private static Map<String, List<String>> byType(Path recording) throws IOException {
        Map<String, List<String>> texts = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            texts.computeIfAbsent(event.getEventType().getName(), _ -> new ArrayList<>()).addAll(texts(event));
        }
        return texts;
    }

    @Test
    void recordingsForOthersContainOnlyOurEventsAndNoPassword() throws Exception {
        Path recording = recording("settings=none,");
        Map<String, List<String>> texts = byType(recording);
        assertThat(texts.keySet()).allSatisfy(type -> assertThat(type).startsWith(OURS))
                .contains("dev.kloset.Call", "dev.kloset.Record");
        assertThat(texts.get("dev.kloset.Call")).anySatisfy(text -> assertThat(text).contains("everything: [", "***"));
        AwkwardPasswords.assertShownNowhere(texts.values().stream().flatMap(List::stream).toList(), "***");
        AwkwardPasswords.assertShownNowhere(List.of(Files.readString(recording, StandardCharsets.ISO_8859_1)),
                "everything: [");
    }

    @Test
    void onlyTheEventsOfTheStartShowWhatTheUserWroteThere() throws Exception {
        Map<String, List<String>> texts = byType(recording(""));
        Set<String> careless = new TreeSet<>();
        texts.forEach((type, said) -> {
            if (said.stream().anyMatch(AwkwardPasswords::isShown)) {
                careless.add(type);
            }
        });
        assertThat(texts).containsKeys("dev.kloset.Call", "dev.kloset.Record", "jdk.ThreadStart");
        assertThat(careless).contains("jdk.InitialEnvironmentVariable", "jdk.JVMInformation")
                .isSubsetOf("jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty", "jdk.JVMInformation",
                        "jdk.SystemProcess");
    }
}
