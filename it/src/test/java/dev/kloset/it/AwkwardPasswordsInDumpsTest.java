package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.XattrType;
import dev.kloset.wire.codec.OpenRequest;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that hangs, dies, crashes or is inspected shows no part of the {@link AwkwardPasswords} in its output. */
@Timeout(180)
class AwkwardPasswordsInDumpsTest {

    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    Path directory = Path.of("");

    private final List<String> everything = new ArrayList<>();

    private static Map<String, String> settings(String then) {
        Map<String, String> settings = AwkwardPasswords.allSettings();
        settings.put("good", "true");
        settings.put("then", then);
        return settings;
    }

    /** A plugin process with both ends of its output. */
    private record Started(Process process, BlockingQueue<String> lines, GrpcClient client) implements AutoCloseable {

        private static final String END = "(the end of standard error)";

        static Started of(ShelfProcess plugin, Map<String, String> environment) throws IOException {
            Process process = plugin.start(environment);
            BlockingQueue<String> lines = new LinkedBlockingQueue<>();
            Thread.ofVirtual().start(() -> {
                process.errorReader(StandardCharsets.UTF_8).lines().forEach(lines::add);
                lines.add(END);
            });
            return new Started(process, lines, GrpcClient.connect(process.getInputStream(), process.getOutputStream(),
                    GrpcLimits.defaults()));
        }

        void init(Map<String, String> settings) throws IOException, InterruptedException {
            try (ClientCall call = client.call("/importer.Importer/Init")) {
                call.unary(AwkwardPasswords.init(settings));
            }
        }

        /** {@return the output up to a line with {@code last}, or to its end} */
        List<String> until(String last) throws InterruptedException {
            List<String> said = new ArrayList<>(List.of(lines.take()));
            while (!said.getLast().contains(last) && !said.getLast().equals(END)) {
                said.add(lines.take());
            }
            return said;
        }

        List<String> untilTheEnd() throws InterruptedException {
            return until(END);
        }

        void signal(String name) throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("/bin/kill", "-s", name, Long.toString(process.pid())).start().waitFor())
                    .isZero();
        }

        @Override
        public void close() {
            client.close();
            process.destroyForcibly();
        }
    }

    private void jcmd(Started plugin, Object... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(
                List.of(JAVA_HOME + "/bin/jcmd", Long.toString(plugin.process().pid())));
        for (Object word : command) {
            line.add(word.toString());
        }
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        everything.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void watchdogThreadDumpsAndCrashShowNone() throws Exception {
        Path crash = directory.resolve("crash.log");
        Path threads = directory.resolve("threads.txt");
        Path json = directory.resolve("threads.json");
        ShelfProcess shelf = new ShelfProcess(directory, LeakyPlugin.class);
        try (Started plugin = Started.of(shelf, Map.of("KLOSET_WATCHDOG", "1s", "KLOSET_JAVA_OPTS",
                "-XX:-CreateCoredumpOnCrash -XX:ErrorFile=" + crash))) {
            Map<String, String> settings = settings("hang");
            plugin.init(settings);
            try (ClientCall listing = plugin.client().call("/importer.Importer/Import");
                    ClientCall content = plugin.client().call("/importer.Importer/Open")) {
                assertThat(listing.receive()).isNotNull();
                content.sendLast(new OpenRequest("/" + settings.get("client_id"), false, "", XattrType.EXTENDED, "")
                        .encode());
                everything.addAll(plugin.until("reading the content of"));
                plugin.signal("QUIT");
                everything.addAll(plugin.until("JNI global refs"));
                jcmd(plugin, "Thread.dump_to_file", threads);
                jcmd(plugin, "Thread.dump_to_file", "-format=json", json);
                plugin.signal("SEGV");
                everything.addAll(plugin.untilTheEnd());
            }
        }
        everything.addAll(List.of(Files.readString(crash), Files.readString(threads), Files.readString(json)));
        AwkwardPasswords.assertShownNowhere(everything,
                "the host waits for the connector, which has been busy with Open",
                "nothing has moved between the host and this plugin for 1 s", "reading the content of /***",
                "Full thread dump", "LeakyImporter.hang", "\"threadDump\"", "A fatal error has been detected",
                "siginfo: si_signo: 11");
    }

    @Test
    void theLastWordsOfThreadsShowNone() throws Exception {
        ShelfProcess shelf = new ShelfProcess(directory, LeakyPlugin.class);
        for (String log : List.of("warning", "debug")) {
            try (Started plugin = Started.of(shelf, Map.of("KLOSET_LOG", log))) {
                plugin.init(settings("die"));
                try (ClientCall listing = plugin.client().call("/importer.Importer/Import")) {
                    for (ByteBuffer record = listing.receive(); record != null; record = listing.receive()) {
                        everything.add(StandardCharsets.UTF_8.decode(record).toString());
                    }
                } catch (StatusException e) {
                    everything.add(e.status().message());
                }
                plugin.process().getOutputStream().close();
                everything.addAll(plugin.untilTheEnd());
                assertThat(plugin.process().waitFor()).isNotNegative();
            }
        }
        AwkwardPasswords.assertShownNowhere(everything, "the thread \"pool of /***", "everything: [");
    }

    @Test
    void whatAPluginSaysAboutItselfShowsNone() throws Exception {
        ShelfProcess shelf = new ShelfProcess(directory, LeakyPlugin.class);
        everything.add(shelf.output("about"));
        everything.add(shelf.output("about", "--json"));
        List<String> words = new ArrayList<>(List.of("about", "--json"));
        AwkwardPasswords.allSettings().forEach((key, value) -> words.addAll(List.of("-o", key + "=" + value)));
        everything.add(shelf.output(words.toArray(String[]::new)));
        everything.add(shelf.output(words.subList(2, words.size()).toArray(String[]::new)));
        AwkwardPasswords.assertShownNowhere(everything, "client_id", "\"configuration\":",
                "This plugin does not understand its arguments.");
    }
}
