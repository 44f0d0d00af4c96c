package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.files.FilesPlugin;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** What docs/packaging.md has Gradle do, done without Gradle: the same class and the same arguments, with values from here. */
class GradleSnippetTest {

    private static final Pattern SNIPPET = Pattern.compile("```groovy\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MAIN_CLASS = Pattern.compile("mainClass = '([^']+)'");
    private static final Pattern ARGS = Pattern.compile("^ +args (.*?)\\n}", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path directory;

    @Test
    void theClassAndTheArgumentsOfTheSnippetMakeAnImageThatPlakarUses() throws Exception {
        String snippet = find(SNIPPET, Files.readString(Programs.root().resolve("docs/packaging.md")));
        Path image = directory.resolve("build/image");
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("a"), "content of a");
        try (Plakar plakar = Plakar.below(directory)) {
            plakar.shell(directory, command(snippet, image)).orFail();

            assertThat(plakar.shell(directory, image + "/files about --json").orFail().out())
                    .startsWith("{\"name\":\"files\"");
            plakar.install(image);
            Repository repository = plakar.at(directory.resolve("repository").toString()).create();
            assertThat(repository.backup("files://" + source).content(source.resolve("a"))).isEqualTo("content of a");
        }
    }

    private static String command(String snippet, Path image) {
        List<String> command = new ArrayList<>(
                List.of("java", "-cp", jars("packaging", "api", "picocli", "snakeyaml"), find(MAIN_CLASS, snippet)));
        Map<String, String> values = Map.of(
                "(files(jar) + configurations.runtimeClasspath).asPath",
                jars("files", "resilience", "api", "wire", "sdk", "runtime"),
                "'org.example.Demo'", FilesPlugin.class.getName(),
                "layout.buildDirectory.dir('image').get().asFile.path", image.toString());
        for (String argument : find(ARGS, snippet).split(",\\s+", -1)) {
            command.add(values.getOrDefault(argument, argument));
        }
        // An expression without a value here must not reach the shell as words.
        return command.stream()
                .map(word -> word.startsWith("'") ? word : "'" + word + "'")
                .collect(Collectors.joining(" "));
    }

    /** {@return the elements of this test's class path with one of these names} */
    private static String jars(String... names) {
        Pattern element = Pattern.compile("kloset-(" + String.join("|", names) + ")-|/(" + String.join("|", names)
                + ")/target/classes$|/(" + String.join("|", names) + ")(-engine)?-[0-9]");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> element.matcher(path).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError("docs/packaging.md has no " + pattern));
    }
}
