package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provokes every kind of failure in a real plugin process, and compares the message with docs/errors.md. */
class FailureSentencesTest {

    private static final Path DOCUMENT = Path.of("../docs/errors.md");
    private static final String BEGIN = "<!-- begin: made by FailureSentencesTest -->\n";
    private static final String END = "<!-- end -->\n";

    @TempDir
    Path directory = Path.of("");

    /** {@return the sentence with the documentation's port, and without the host's own words before it} */
    private String sentence(ShelfProcess plugin, Map<String, String> settings) throws InterruptedException {
        IOException failure = plugin.failure(settings);
        String sentence = Sentence.of(failure);
        assertThat(sentence).doesNotContain("canary", "nothing failed").doesNotContain("\n");
        assertThat(sentence.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(10, Sentence.MAX_BYTES);
        return sentence.replaceFirst("^plugin shelf: ", "")
                .replaceAll("after \\d attempts? in [^:]*:", "after 3 attempts in 500 ms:")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:7070")
                .replaceAll("(ShelfImporter[^:;]*|ShelfPlugin\\.java):\\d+", "$1:50");
    }

    @Test
    void theDocumentationShowsTheRealMessages() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory);
        Map<String, String> seen = new LinkedHashMap<>();
        try (ShelfServer server = new ShelfServer()) {
            String here = "shelf://" + server.address();
            seen.put("wrong password", sentence(plugin, ShelfProcess.settings(here + "/wrong-password")));
            seen.put("expired token", sentence(plugin, ShelfProcess.settings(here + "/expired")));
            seen.put("missing path on the server", sentence(plugin, ShelfProcess.settings(here + "/missing")));
            seen.put("missing local file", sentence(plugin, ShelfProcess.settings(here + "/missing-file")));
            seen.put("permission", sentence(plugin, ShelfProcess.settings(here + "/forbidden")));
            seen.put("closed port", sentence(plugin,
                    ShelfProcess.settings("shelf://127.0.0.1:" + server.closedPort() + "/x")));
            seen.put("closed port, with java.net.http", sentence(plugin,
                    ShelfProcess.settings("shelf://127.0.0.1:" + server.closedPort() + "/client")));
            seen.put("closed port, with `Retry`", sentence(plugin,
                    ShelfProcess.settings("shelf://127.0.0.1:" + server.closedPort() + "/retried")));
            seen.put("unknown host, with java.net.http",
                    sentence(plugin, ShelfProcess.settings("shelf://nosuch.invalid:7070/client")));
            seen.put("unknown host", sentence(plugin, ShelfProcess.settings("shelf://nosuch.invalid/x")));
            seen.put("no answer in time", sentence(plugin, ShelfProcess.settings(here + "/silent")));
            seen.put("exception with a cause", sentence(plugin, ShelfProcess.settings(here + "/cause")));
            seen.put("server that sends its stack trace", sentence(plugin, ShelfProcess.settings(here + "/trace")));
            seen.put("full disk", sentence(plugin, ShelfProcess.settings(here + "/full-disk")));
            seen.put("bad settings", sentence(plugin,
                    ShelfProcess.settings(here, "timeout", "2 fortnights", "conections", "5", "keep", "standart")));
            seen.put("unsupported", sentence(plugin, ShelfProcess.settings(here + "/two-phase")));
            seen.put("bug in the connector", sentence(plugin, ShelfProcess.settings(here + "/bug")));
            seen.put("System.exit in the connector", sentence(plugin, ShelfProcess.settings(here + "/exit")));
            seen.put("out of memory", sentence(plugin, ShelfProcess.settings(here + "/memory")));
        }
        String table = seen.entrySet()
                .stream()
                .map(row -> "| " + row.getKey() + " | " + row.getValue().replace("|", "\\|").replace("<", "&lt;")
                        + " |\n")
                .collect(Collectors.joining("", "| what happens | what the user reads |\n|---|---|\n", ""));
        if (Boolean.getBoolean("kloset.update")) {
            write(table);
        }
        String document = Files.readString(DOCUMENT);
        assertThat(document.substring(document.indexOf(BEGIN) + BEGIN.length(), document.indexOf(END)))
                .isEqualTo(table);
    }

    @Test
    void aStackTraceFromAServerIsInTheDebugLog() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory);
        Map<String, String> settings = ShelfProcess.settings("shelf://127.0.0.1:7070/trace");

        assertThat(plugin.failure(settings, Map.of("KLOSET_LOG", "debug"), importer -> {}))
                .hasMessageEndingWith("cannot list the shelf: Permission denied: user=joe: no ticket");
        assertThat(plugin.errors()).anyMatch(line -> line.contains("at org.example.Server.check(Server.java:506)")
                && line.contains("at org.example.Tickets.find(Tickets.java:7)"));
    }

    private static void write(String table) throws IOException {
        String document = Files.readString(DOCUMENT);
        Files.writeString(DOCUMENT, document.substring(0, document.indexOf(BEGIN) + BEGIN.length()) + table
                + document.substring(document.indexOf(END)));
    }
}
