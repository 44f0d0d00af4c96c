package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a release is made of agrees: the BOM with the modules, the address and time in both POMs, workflows with {@code .ci/run}. */
class ReleaseFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ARTIFACT = Pattern.compile("(?m)^  <artifactId>([^<]+)</artifactId>$");

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as("%s", pattern).isTrue();
        return found.group(1);
    }

    /** {@return the artifacts of the modules that are published and that another project may depend on} */
    private static Set<String> libraries() throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (String module : Pattern.compile("<module>([^<]+)</module>")
                .matcher(read("pom.xml"))
                .results()
                .map(found -> found.group(1))
                .toList()) {
            String pom = read(module + "/pom.xml");
            if (!pom.contains("<unpublished>true</unpublished>") && !pom.contains("<packaging>")) {
                artifacts.add(first(ARTIFACT, pom));
            }
        }
        return artifacts;
    }

    @Test
    void theBomHasEveryPublishedLibrary() throws IOException {
        Set<String> managed = new TreeSet<>();
        Matcher dependencies = Pattern
                .compile("<groupId>dev.kloset</groupId>\\s+<artifactId>([^<]+)</artifactId>\\s+"
                        + "<version>\\$\\{project.version}</version>")
                .matcher(read("bom/pom.xml"));
        while (dependencies.find()) {
            managed.add(dependencies.group(1));
        }
        assertThat(libraries()).hasSizeGreaterThan(8);
        assertThat(managed).isEqualTo(libraries());
    }

    @Test
    void theBomHasNoParentAndYetTheSameAddressTimeAndVersion() throws IOException {
        String bom = read("bom/pom.xml");
        assertThat(bom).doesNotContain("<parent>");
        for (String element : List.of("release.home", "project.build.outputTimestamp", "inceptionYear", "version")) {
            Pattern value = Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)</");
            assertThat(first(value, bom)).as(element).isEqualTo(first(value, read("pom.xml")));
        }
    }

    @Test
    void workflowsRunOnlyWhatADeveloperCanRun() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
            List<Path> workflows = files.toList();
            assertThat(workflows).hasSize(3);
            for (Path workflow : workflows) {
                String text = Files.readString(workflow);
                assertThat(text.lines().filter(line -> line.contains("run: ") && !line.contains("apt-get")))
                        .as("%s", workflow)
                        .hasSize(1)
                        .first()
                        .asString()
                        .matches(" +- run: \\.ci/run (build|interoperability|release)");
                assertThat(text).as("%s", workflow).doesNotContain("secrets.");
            }
        }
        assertThat(read(".ci/run")).contains("all | build | interoperability | release)");
    }

    /** build-support/release-trial runs the blocks above this line. */
    @Test
    void theDocumentOfReleasesSaysWhatIsRehearsed() throws IOException {
        String document = read("docs/releasing.md");
        int end = document.indexOf("<!-- From here on with a network. -->");
        assertThat(end).isPositive();
        assertThat(document.substring(0, end)).contains("```sh\nmvn -Prelease ", "build-support/bundle-trial ",
                "dev.kloset.release.Main ");
        assertThat(document.substring(end)).contains("```sh\ngit tag ");
    }
}
