package dev.kloset.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.cli.shell.ExitCode;
import dev.kloset.files.FilesPlugin;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages of docs/reference that no single module can compare with its code. */
class ReferenceTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path REFERENCE = ROOT.resolve("docs/reference");

    private static final Pattern IN_TABLE = Pattern.compile("`(_?[A-Z][A-Z_]+)`");
    private static final Pattern IN_JAVA = Pattern.compile("\"((?:KLOSET|XDG)_[A-Z_]+)\"|getenv\\(\"([A-Z_]+)\"\\)");
    private static final Pattern IN_SHELL = Pattern
            .compile("\\$\\{?((?:KLOSET|XDG|JAVA|MAVEN|SDKMAN|JDK|_JAVA)_[A-Z_]+|TMPDIR)|^unset (.*)$",
                    Pattern.MULTILINE);

    /** These are set for other programs, or by a launcher for its own Java. */
    private static final Set<String> SET_ONLY = Set.of("XDG_CONFIG_HOME", "XDG_DATA_HOME");

    private static final List<String> SCRIPTS = List.of("kloset", "runtime/src/main/launcher/launcher.sh",
            "benchmarks/run", "it/interop/run", "it/interop/build-programs");

    private static List<Path> sources() throws IOException {
        return RepositoryFiles.endingIn(ROOT, ".java")
                .stream()
                .filter(file -> file.toString().contains("/src/main/java/dev/"))
                .toList();
    }

    private static Set<String> found(Pattern pattern, List<Path> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                    .flatMap(words -> Arrays.stream(words.strip().split(" ")))
                    .forEach(names::add);
        }
        return names;
    }

    @Test
    void everyVariableThatTheCodeReadsIsOnThePageAndTheOtherWayRound() throws IOException {
        Set<String> read = found(IN_JAVA, sources());
        read.addAll(found(IN_SHELL, SCRIPTS.stream().map(ROOT::resolve).toList()));
        read.add("PATH");
        read.removeAll(SET_ONLY);

        Set<String> described = new TreeSet<>();
        for (String line : Files.readAllLines(REFERENCE.resolve("environment.md"))) {
            if (line.startsWith("| `")) {
                IN_TABLE.matcher(line.split("\\|", -1)[1])
                        .results()
                        .map(match -> match.group(1))
                        .forEach(described::add);
            }
        }
        assertThat(described).isEqualTo(read).hasSizeGreaterThan(12);
    }

    @Test
    void everyExitCodeOfTheCommandIsOnThePageAndTheOtherWayRound() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (Field field : ExitCode.class.getFields()) {
            codes.add(String.valueOf(field.getInt(null)));
        }
        String page = Files.readString(REFERENCE.resolve("exit-codes.md"));
        String table = page.substring(page.indexOf("## `kloset`"), page.indexOf("## Plugins"));
        Set<String> described = new TreeSet<>();
        Pattern.compile("(?m)^\\| (\\d+) \\|").matcher(table).results().forEach(row -> described.add(row.group(1)));
        assertThat(described).isEqualTo(codes);
    }

    private static String said(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), FilesPlugin.class.getName()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return text.strip();
    }

    /** With {@code -Dkloset.update=true} this test rewrites the page, as a change of the plugin's words requires. */
    @Test
    void thePageShowsWhatAPluginSaysOfItsCommandLine() throws Exception {
        Path page = REFERENCE.resolve("plugin.md");
        String doctor = said("doctor");
        String help = said("--help");
        String text = with(with(Files.readString(page), "help", help.substring(help.indexOf("To use it, "))), "doctor",
                doctor.substring(doctor.indexOf("write: ") + "write: ".length()));
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page)).isEqualTo(text).contains("doctor -o location=LOCATION", "about [--json]");
    }

    private static String with(String page, String name, String text) {
        String begin = "<!-- begin: " + name + " -->\n";
        return page.substring(0, page.indexOf(begin) + begin.length()) + "```text\n" + text + "\n```\n"
                + page.substring(page.indexOf("<!-- end: " + name + " -->"));
    }
}
