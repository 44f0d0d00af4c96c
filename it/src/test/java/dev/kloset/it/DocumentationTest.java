package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the documents show is what is compiled and tested, and what they link to is there. */
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
        "errors.md,ShelfPlugin,errors", "doctor.md,ShelfPlugin,diagnosis" })
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
        List<MatchResult> blocks = JAVA_BLOCK.matcher(Files.readString(ROOT.resolve("docs/guide.md")))
                .results()
                .toList();
        assertThat(blocks).hasSizeGreaterThan(4);
        for (MatchResult block : blocks) {
            if (block.group("file") == null) {
                assertThat(store).contains(words(block.group("code")));
            } else {
                assertThat(plugin.resolve(block.group("file"))).content().isEqualTo(block.group("code"));
            }
        }
    }

    @Test
    void theStoreOfTheGuideIsTheOneThatNewProjectsGet() throws IOException {
        String template = Files.readString(ROOT.resolve(
                "archetype/src/main/resources/archetype-resources/src/main/java/DemoStore.java"));
        assertThat(ROOT.resolve("examples/src/main/java/org/example/DemoStore.java")).content()
                .isEqualTo(template.replace("${package}", "org.example").replace("${protocol}", "demo"));
    }

    @ParameterizedTest
    @CsvSource({ "remote-systems.md,WebImporter,pieces", "remote-systems.md,WebImporter,prune",
        "remote-systems.md,WebImporter,parallel",
        "remote-systems.md,SnapshotImporter,lease", "remote-systems.md,SnapshotImporter,hold" })
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
    void everyClauseThatTheHostIsExplainedByExists() throws IOException {
        String contract = Files.readString(ROOT.resolve("docs/contract.md"));
        List<String> clauses = Pattern.compile("\\[([TLIES]\\d\\d)]")
                .matcher(Files.readString(ROOT.resolve("docs/host.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(clauses).hasSizeGreaterThan(30)
                .allSatisfy(clause -> assertThat(contract).contains("| " + clause + " |"));
    }

    /** {@return whether a file is one of ours} The site is made of copies. */
    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md") && !file.startsWith(ROOT.resolve("docs/site/target"));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)");
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs")); Stream<Path> root = Files.list(ROOT)) {
            for (Path document : Stream.concat(docs, root).filter(DocumentationTest::isDocument).toList()) {
                Matcher matcher = link.matcher(Files.readString(document));
                while (matcher.find()) {
                    assertThat(document.resolveSibling(matcher.group(1))).as("linked from %s", document).exists();
                }
            }
        }
    }
}
