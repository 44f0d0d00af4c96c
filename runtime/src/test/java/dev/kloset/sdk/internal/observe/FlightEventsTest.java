package dev.kloset.sdk.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.CountedHost;
import dev.kloset.sdk.CountedPlugin;
import dev.kloset.wire.grpc.GrpcClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins as processes whose JVM records its flight. */
class FlightEventsTest {

    @TempDir
    private Path directory;

    private List<String> recording() {
        // The JVM's messages about its recording would go to standard output, which is the host's; the launcher prevents that as
        // well.
        return List.of("-Xlog:disable", "-XX:StartFlightRecording:filename=" + directory.resolve("flight.jfr"));
    }

    private Map<String, List<RecordedEvent>> events() throws IOException {
        return RecordingFile.readAllEvents(directory.resolve("flight.jfr"))
                .stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.kloset."))
                .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
    }

    private static List<String> strings(Map<String, List<RecordedEvent>> events, String type, String... fields) {
        return events.getOrDefault("dev.kloset." + type, List.of())
                .stream()
                .map(event -> List.of(fields)
                        .stream()
                        .map(field -> String.valueOf(event.<Object>getValue(field)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void aRecordingHoldsCallsRecordsContentsAndRetries() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, recording())) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
            }
            assertThat(plugin.status()).isZero();
        }
        Map<String, List<RecordedEvent>> events = events();
        assertThat(strings(events, "Call", "method", "failure")).containsExactlyInAnyOrder(
                "/importer.Importer/Init null", "/importer.Importer/Import null", "/importer.Importer/Open null",
                "/importer.Importer/Open it does not open");
        assertThat(strings(events, "Record", "kind", "path")).containsExactlyInAnyOrder("file /good", "file /bad",
                "error /ugly");
        assertThat(strings(events, "Result", "path", "failure")).containsExactlyInAnyOrder("/good null",
                "/bad it does not open", "/ugly null");
        assertThat(strings(events, "Content", "content", "toHost", "bytes", "failure")).containsExactlyInAnyOrder(
                "reading the content of /good true 7 null", "reading the content of /bad true 0 it does not open");
        assertThat(strings(events, "Retry", "reason")).hasSize(13).contains("connection reset");
    }

    /** The host needs longer than a millisecond for what the test does in between, and the events show that. */
    @Test
    void waitsForTheHostAreEventsWithTheirLength() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, recording())) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.exports(host, 4, 1000);
            }
            assertThat(plugin.status()).isZero();
        }
        Map<String, List<RecordedEvent>> events = events();
        assertThat(strings(events, "Content", "toHost", "bytes")).containsOnly("false 1000").hasSize(4);
        assertThat(events.getOrDefault("dev.kloset.Wait", List.of()))
                .allSatisfy(event -> assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(1)));
    }

    /** Plakar kills a plugin as soon as it has answered Close. */
    @Test
    void theRecordingIsWrittenBeforeCloseIsAnswered() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, recording());
                GrpcClient host = plugin.client()) {
            CountedHost.imports(host);
            CountedHost.close(host);
            plugin.kill();
        }
        assertThat(strings(events(), "Call", "method")).contains("/importer.Importer/Import");
    }

    @Test
    void statisticsAndARecordingGoTogether() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, recording(), "--stats")) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
            }
            assertThat(plugin.errors()).contains("stats:   2 contents to the host (1 failed), 7 bytes",
                    "stats:   tried again 3 times: connection reset");
        }
        assertThat(strings(events(), "Retry", "reason")).hasSize(13);
    }

    @Test
    void aRecordingThatStartsLaterHoldsWhatHappensFromTheNextCallOn() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, List.of("-Xlog:disable"))) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
                Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
                Process started = new ProcessBuilder(jcmd.toString(), String.valueOf(plugin.pid()), "JFR.start",
                        "filename=" + directory.resolve("flight.jfr")).redirectErrorStream(true).start();
                assertThat(new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("Started recording 1");
                CountedHost.close(host);
            }
            assertThat(plugin.status()).isZero();
        }
        assertThat(strings(events(), "Call", "method", "failure")).containsExactly("/importer.Importer/Close null");
    }

    /** The classes of the recorder are not in the start-up cache, and their module may be missing. */
    @Test
    void withoutARecordingNoClassOfTheRecorderIsLoaded() throws Exception {
        try (ChildJava plugin = ChildJava.start(CountedPlugin.class, List.of("--limit-modules", "java.base",
                "-Xlog:class+load:file=" + directory.resolve("classes")))) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
            }
            assertThat(plugin.errors()).isEmpty();
        }
        List<String> loaded = Files.readAllLines(directory.resolve("classes"));
        assertThat(loaded).anySatisfy(line -> assertThat(line).contains(" dev.kloset.sdk.internal.observe.Observers "));
        assertThat(loaded).filteredOn(line -> line.matches(
                ".* (jdk\\.jfr\\.|dev\\.kloset\\.(sdk\\.(Flight|Stat[^u]|Tally|BothO)|NONE)).*")).isEmpty();
    }
}
