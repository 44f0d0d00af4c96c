package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConfigModel;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants secrets and looks for them in all output of a plugin process, whatever happens to the process. */
class CanaryTest {

    private static final List<String> PATHS = List.of("/wrong-password", "/expired", "/missing", "/missing-file",
            "/forbidden", "/silent", "/full-disk", "/two-phase", "/bug", "/number", "/memory", "/thread", "/dump",
            "/crash", "/log", "/later", "/good");

    /** The part of the Base64 of "joe:" and the password that depends only on the password. */
    private static final String ENCODED = "NhbmFyeS03ZDFlO";

    @TempDir
    Path directory = Path.of("");

    private final List<String> messages = new ArrayList<>();

    private Map<String, String> environment() {
        return Map.of("KLOSET_LOG", "trace", "KLOSET_JAVA_OPTS",
                "-XX:-CreateCoredumpOnCrash -XX:ErrorFile=" + directory.resolve("crash.log"));
    }

    private void visit(ShelfProcess plugin, String location, Map<String, String> environment)
            throws InterruptedException {
        Map<String, String> settings = ShelfProcess.settings(location);
        messages.add(Sentence.of(plugin.failure(settings, environment, importer -> {
            importer.importRecords(new Opening());
        })));
    }

    /** Opens every content, and keeps the messages of failures. */
    private final class Opening implements RecordSink {

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
            if (record instanceof FileRecord file) {
                try (var content = file.content().orElseThrow().open()) {
                    content.readAllBytes();
                } catch (IOException e) {
                    messages.add(Sentence.of(e));
                }
            }
            onResult.accept(ConnectorResult.ok(record));
        }
    }

    /** {@return the recordings of three sessions, two of which fail} */
    private List<String> recordings(ShelfProcess plugin, String here) throws IOException, InterruptedException {
        Path recordings = Files.createDirectory(directory.resolve("recordings"));
        for (String path : List.of("/good", "/number", "/wrong-password")) {
            visit(plugin, here + path, Map.of("KLOSET_RECORD", recordings.toString()));
        }
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(recordings)) {
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private List<String> doctors(ShelfProcess plugin, String here) throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        for (String path : List.of("/good", "/later", "/number", "/bug", "/thread", "/dump", "/log")) {
            texts.add(plugin.doctor(environment(), ShelfProcess.settings(here + path)).text());
        }
        texts.add(plugin.doctor(Map.of("KLOSET_LOG", "debug", "KLOSET_LOG_FORMAT", "json"),
                ShelfProcess.settings(here + "/thread"), "--json").text());
        texts.add(plugin.doctor(environment(), ShelfProcess.settings(here, "keep", ShelfProcess.PASSWORD, "shelf",
                ShelfProcess.PASSWORD + " ", "colour", ShelfProcess.PASSWORD, ShelfProcess.PASSWORD, "1")).text());
        texts.add(plugin.doctor(Map.of(), ShelfProcess.settings(here + "/good"), "--json").text());
        texts.add(plugin.doctor(Map.of(), ShelfProcess.settings(here + "/good"), ShelfProcess.PASSWORD).text());
        return texts;
    }

    @Test
    void noSecretLeavesThePluginWhateverHappens() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory);
        List<String> recordings;
        List<String> doctors;
        try (ShelfServer server = new ShelfServer()) {
            String here = "shelf://joe:" + ShelfProcess.LOCATION_PASSWORD + "@" + server.address();
            for (String path : PATHS) {
                visit(plugin, here + path, environment());
            }
            visit(plugin, here + "/log", Map.of("KLOSET_LOG", "debug", "KLOSET_LOG_FORMAT", "json"));
            messages.add(Sentence.of(plugin.failure(ShelfProcess.settings(here, "keep", ShelfProcess.PASSWORD, "shelf",
                    ShelfProcess.PASSWORD, "colour", ShelfProcess.PASSWORD), environment(), importer -> {})));
            recordings = recordings(plugin, here);
            doctors = doctors(plugin, here);
        }
        String help = plugin.output("--help");
        String crash = Files.readString(directory.resolve("crash.log"));
        String documents = ConfigModel.of(ShelfConfig.class).schema() + ConfigModel.of(ShelfConfig.class).markdown();
        List<String> about = List.of(plugin.output("about"), plugin.output("about", "--json"));
        List<String> errors = plugin.errors();

        assertThat(errors).as("the canaries were where they could be seen")
                .anySatisfy(line -> assertThat(line).contains("the password is ***"))
                .anySatisfy(line -> assertThat(line).contains("the thread \"doomed\" failed", "no shelf takes ***"))
                .anySatisfy(line -> assertThat(line).startsWith("warning: shelf importer: by way of JUL"))
                .anySatisfy(line -> assertThat(line).startsWith("warning: shelf importer: by way of SLF4J"))
                .anySatisfy(line -> assertThat(line).startsWith("warning: shelf importer /book: slow today"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"time\":").contains("\"level\":\"error\""))
                .anySatisfy(line -> assertThat(line).contains("Full thread dump"))
                .anySatisfy(line -> assertThat(line).contains("java.lang.OutOfMemoryError: Java heap space"));
        assertThat(messages).anySatisfy(text -> assertThat(text).contains("For input string: \"***\""))
                .anySatisfy(text -> assertThat(text).contains("the shelf refuses ***"));
        assertThat(help).contains("importer shelf://", "access_password", "a secret, required");
        assertThat(crash).contains("A fatal error has been detected");
        List<String> everything = new ArrayList<>(errors);
        assertThat(about).allSatisfy(text -> assertThat(text).contains("access_password"));
        assertThat(recordings).anySatisfy(text -> assertThat(text).contains("kloset-recording", "Importer/Init",
                "access_password", "Importer/Open"));
        assertThat(doctors).anySatisfy(text -> assertThat(text).contains("first read: cannot read /book"))
                .anySatisfy(text -> assertThat(text).contains("failed       authentication"))
                .anySatisfy(text -> assertThat(text).contains("For input string: \"***\""))
                .anySatisfy(text -> assertThat(text).contains("Full thread dump"))
                .anySatisfy(text -> assertThat(text).contains("the password is ***"))
                .anySatisfy(text -> assertThat(text).contains("4 settings are wrong"))
                .anySatisfy(text -> assertThat(text).contains("{\"plugin\":\"shelf\""));
        everything.addAll(messages);
        everything.addAll(about);
        everything.addAll(recordings);
        everything.addAll(doctors);
        everything.addAll(List.of(help, crash, documents));
        assertThat(everything).as("the JDK's client writes the headers of requests into its log")
                .anySatisfy(text -> assertThat(text).contains("Authorization: Basic "));
        assertThat(everything).noneMatch(text -> text.contains(ShelfProcess.PASSWORD) || text.contains("canary-2b")
                || text.contains(ENCODED));
    }
}
