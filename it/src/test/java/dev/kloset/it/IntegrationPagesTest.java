package dev.kloset.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kloset.files.FilesPlugin;
import dev.kloset.hadoop.HadoopPlugin;
import dev.kloset.jdbc.JdbcPlugin;
import dev.kloset.kafka.KafkaPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/integrations have one form, the settings that the code has, and an example that works. */
class IntegrationPagesTest {

    private static final Path PAGES = Path.of("..", "docs", "integrations");
    private static final List<String> SECTIONS = List.of("What it is for", "Install", "Settings",
            "An example that runs", "What is not kept", "Permissions", "Limits", "Troubleshooting", "What is kept");
    private static final Map<String, Class<?>> PLUGINS = Map.of("files", FilesPlugin.class, "jdbc", JdbcPlugin.class,
            "kafka", KafkaPlugin.class, "hadoop", HadoopPlugin.class);
    private static final Pattern EXAMPLE = Pattern.compile("## An example that runs\n.*?```sh\n(.*?)```",
            Pattern.DOTALL);

    static Stream<String> integrations() {
        return PLUGINS.keySet().stream();
    }

    private static Path page(String integration) {
        return PAGES.resolve(integration + ".md");
    }

    @Test
    void everyIntegrationHasAPageAndEveryPageAnIntegration() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))).containsExactlyInAnyOrderElementsOf(PLUGINS.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("integrations")
    void thePageHasTheSectionsOfTheFormInTheirOrder(String integration) throws IOException {
        List<String> found = Files.readAllLines(page(integration))
                .stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .filter(SECTIONS::contains)
                .toList();
        assertThat(found).isEqualTo(SECTIONS);
    }

    private static JsonNode about(Class<?> plugin) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), plugin.getName(), "about", "--json")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode about = new ObjectMapper().readTree(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        return about;
    }

    private static String settings(JsonNode about) {
        // One table for several protocols with the same settings.
        Map<String, StringBuilder> protocols = new LinkedHashMap<>();
        for (JsonNode connector : about.get("connectors")) {
            String kind = connector.get("kind").asText();
            String heading = Character.toUpperCase(kind.charAt(0)) + kind.substring(1);
            StringBuilder names = protocols.computeIfAbsent(heading + "\n" + table(connector.get("configuration")),
                    _ -> new StringBuilder());
            names.append(names.isEmpty() ? " `" : ", `").append(connector.get("protocol").asText()).append('`');
        }
        StringBuilder text = new StringBuilder();
        protocols.forEach((table, names) -> text.append("### ")
                .append(table, 0, table.indexOf('\n'))
                .append(names)
                .append("\n")
                .append(table, table.indexOf('\n'), table.length())
                .append("\n"));
        return text.toString();
    }

    private static String table(JsonNode configuration) {
        StringBuilder text = new StringBuilder(configuration.get("description").asText())
                .append(".\n\n| setting | takes | without it | meaning |\n|---|---|---|---|\n");
        configuration.get("options").forEach(option -> text.append(row(option)));
        return text.toString();
    }

    private static String row(JsonNode option) {
        String absent = option.get("required").asBoolean()
                ? "required"
                : option.has("default") ? "`" + option.get("default").asText() + "`" : "";
        // A pattern is code, or its signs are read as those of the page.
        String takes = option.get("takes").asText().replaceFirst("(?<=^a text that matches )(.+)$", "`$1`");
        return Stream.of("`" + option.get("key").asText() + "`", takes, absent, option.get("description").asText())
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** With {@code -Dkloset.update=true} this test rewrites the tables, as a change of the settings requires. */
    @ParameterizedTest
    @MethodSource("integrations")
    void thePageHasTheSettingsOfTheCode(String integration) throws Exception {
        String text = Files.readString(page(integration));
        String begin = "<!-- begin: settings of " + integration + " -->\n";
        String expected = text.substring(0, text.indexOf(begin) + begin.length()) + "\n"
                + settings(about(PLUGINS.get(integration))) + text.substring(text.indexOf("<!-- end: settings -->"));
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(page(integration), expected);
        }
        assertThat(Files.readString(page(integration))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("integrations")
    void theExampleRuns(String integration, @TempDir Path directory) throws Exception {
        assumeThat(KlosetCommand.isBuilt()).as("what the example calls is built").isTrue();
        var example = EXAMPLE.matcher(Files.readString(page(integration)));
        assertThat(example.find()).isTrue();
        assumeThat(example.group(1)).as("the test of this name in it/interop starts the broker that the example needs")
                .doesNotContain("$BROKER");
        String nameNode = System.getProperty("hadoop.namenode", "");
        assumeThat(nameNode.isEmpty() && example.group(1).contains("$NAMENODE"))
                .as("what the example needs is given: -Dhadoop.namenode=HOST:PORT, of a cluster without Kerberos")
                .isFalse();
        Path programs = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("kloset"), KlosetCommand.script());
        ProcessBuilder shell = new ProcessBuilder("bash", "-euc", example.group(1))
                .directory(Files.createDirectory(directory.resolve("empty")).toFile())
                .redirectErrorStream(true);
        shell.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        shell.environment().put("KLOSET_NO_BUILD", "1");
        shell.environment().put("NAMENODE", nameNode);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Copied");
    }
}
