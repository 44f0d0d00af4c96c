package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The code in the documents is compiled and tested. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("examples/src/main/java/dev/kloset/examples");

    private static final Path TESTS = ROOT.resolve("it/src/test/java/dev/kloset/it");

    private static List<String> example(String file, String tag) throws IOException {
        return region(EXAMPLES, file, tag);
    }

    private static List<String> region(Path directory, String file, String tag) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(file + ".java"));
        int from = index(lines, "tag::" + tag + "[]");
        int to = index(lines, "end::" + tag + "[]");
        assertThat(from).as("%s has a region %s", file, tag).isNotNegative().isLessThan(to);
        return lines.subList(from + 1, to);
    }

    private static int index(List<String> lines, String words) {
        return (int) lines.stream().takeWhile(line -> !line.contains(words)).count();
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }

    @ParameterizedTest
    @CsvSource({ "ZipImporter,importer", "ExamplePlugin,main" })
    void theReadmeShowsTheExamplesAsTheyAre(String file, String tag) throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(words(readme)).contains(words(String.join("\n", example(file, tag))));
    }

    @ParameterizedTest
    @CsvSource({ "configuration.md,ShelfConfig,record", "configuration.md,ShelfPlugin,main",
        "errors.md,ShelfPlugin,errors", "doctor.md,ShelfPlugin,diagnosis",
        "remote-systems.md,DriversPlugin,settings", "remote-systems.md,DriversPlugin,connect" })
    void theGuideShowsWhatIsCompiledAndRun(String document, String file, String tag) throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve(document));
        assertThat(words(text)).contains(words(String.join("\n", region(TESTS, file, tag))));
    }

    private static final Pattern JAVA_BLOCK = Pattern
            .compile("(?:`(?<file>[^`\\n]+\\.java)`\\n\\n)?```java\\n(?<code>.*?)```\\n", Pattern.DOTALL);

    @Test
    void everyLineOfJavaInTheGuideIsCompiledAndTested() throws IOException {
        Path plugin = ROOT.resolve("examples");
        String store = words(Files.readString(plugin.resolve("src/main/java/org/example/DemoStore.java")));
        String waiver = words(String.join("\n", region(TESTS, "WaivedClauseTest", "waiver")));
        List<MatchResult> blocks = JAVA_BLOCK.matcher(Files.readString(ROOT.resolve("docs/guide.md")))
                .results()
                .toList();
        assertThat(blocks).hasSizeGreaterThan(4);
        for (MatchResult block : blocks) {
            if (block.group("file") == null) {
                assertThat(store + waiver).contains(words(block.group("code")));
            } else {
                assertThat(plugin.resolve(block.group("file"))).content().isEqualTo(block.group("code"));
            }
        }
    }

    /** The archetype copies the files, sets the names that a project chooses, and takes some characters for its own. */
    @ParameterizedTest
    @ValueSource(strings = { "DemoStore", "DemoRepository" })
    void theStoreInTheGuideIsThatOfNewProjects(String type) throws IOException {
        assertThat(ROOT.resolve("archetype/pom.xml")).content()
                .contains("<directory>../examples/src/main/java/org/example</directory>",
                        "<include>" + type + ".java</include>");
        assertThat(ROOT.resolve("archetype/src/main/resources/META-INF/archetype-post-generate.groovy")).content()
                .contains("^package org\\.example\\b");
        assertThat(ROOT.resolve("examples/src/main/java/org/example/" + type + ".java")).content()
                .containsOnlyOnce("package org.example;")
                .contains(type)
                .doesNotContain("\"demo\"", "$", "#");
    }

    @Test
    void newProjectsInKotlinAreTheExample() throws IOException {
        assertThat(ROOT.resolve("archetype/pom.xml")).content()
                .contains("<directory>../examples/kotlin/src/main/kotlin/org/example</directory>",
                        "<directory>../examples/kotlin/src/test/kotlin/org/example</directory>");
        try (Stream<Path> sources = Files.walk(ROOT.resolve("examples/kotlin/src"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".kt"))).hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(file).content()
                            .containsOnlyOnce("package org.example\n")
                            .doesNotContain("$", "#"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "DemoDestination.kt", "DemoPlugin.kt" })
    void theKotlinInTheGuideIsThatOfTheExample(String file) throws IOException {
        String code = words(
                Files.readString(ROOT.resolve("examples/kotlin/src/main/kotlin/org/example").resolve(file)));
        List<String> blocks = Pattern.compile("```kotlin\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/configuration.md")))
                .results()
                .map(block -> words(block.group(1)))
                .toList();
        assertThat(blocks).hasSize(2).anyMatch(code::contains);
    }

    @ParameterizedTest
    @CsvSource({ "remote-systems.md,WebImporter,pieces", "remote-systems.md,WebImporter,prune",
        "remote-systems.md,WebImporter,parallel",
        "remote-systems.md,SnapshotImporter,lease", "remote-systems.md,SnapshotImporter,hold",
        "remote-systems.md,SnapshotImporter,sweep" })
    void theGuideShowsTheExamplesAsTheyAre(String document, String file, String tag) throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve(document));
        assertThat(words(text)).contains(words(String.join("\n", example(file, tag))));
    }

    @ParameterizedTest
    @CsvSource({ "ZipImporter,importer,20", "ZipExporter,exporter,25", "DirectoryStore,store,26",
        "ExamplePlugin,main,8" })
    void theSmallestConnectorsStaySmall(String file, String tag, int fewerThan) throws IOException {
        assertThat(example(file, tag)).filteredOn(line -> !line.isBlank()).hasSizeLessThan(fewerThan);
    }

    @Test
    void everyClauseInTheDocumentAboutTheHostExists() throws IOException {
        String contract = Files.readString(ROOT.resolve("docs/contract.md"));
        List<String> clauses = Pattern.compile("\\[([TLIES]\\d\\d)]")
                .matcher(Files.readString(ROOT.resolve("docs/host.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(clauses).hasSizeGreaterThan(30)
                .allSatisfy(clause -> assertThat(contract).contains("</a>" + clause + " |"));
    }
}
