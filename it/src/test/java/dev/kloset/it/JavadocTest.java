package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Makes the Javadoc of the modules that authors compile against, in target/javadoc, and requires a comment on everything public. */
class JavadocTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("api", "runtime", "host", "resilience", "testkit");
    /** Rooms that no author uses; modules do not export them. */
    private static final Pattern INTERNAL = Pattern
            .compile("/dev/kloset/(sdk/internal|testkit/(connection|clause|property))/");
    /** Our comments are sentences that contain this information too; doclint's groups cannot distinguish them from missing comments. */
    private static final Pattern TAG = Pattern.compile("warning: no @(param|return|throws)\\b");
    /** Each clause says in its declaration what it demands, and in docs/contract.md. */
    private static final Pattern CLAUSE = Pattern.compile("/Clause\\.java:\\d+: warning: no comment");

    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .toList();
        }
    }

    private static String javadoc() throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-quiet", "-notimestamp", "-Xdoclint:all", "-Xmaxwarns", "10000",
                        "-Xmaxerrs", "1000", "-encoding", "UTF-8", "-windowtitle", "Kloset SDK for Java", "-classpath",
                        System.getProperty("java.class.path"), "-d", "target/javadoc"));
        for (String module : MODULES) {
            sources(module).stream()
                    .map(Path::toString)
                    .filter(file -> !INTERNAL.matcher(file).find())
                    .forEach(arguments::add);
        }
        StringWriter said = new StringWriter();
        try (PrintWriter out = new PrintWriter(said)) {
            ToolProvider.findFirst("javadoc").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        }
        return said.toString();
    }

    @Test
    void everythingPublicHasACommentAndDoclintIsSatisfied() throws IOException {
        List<String> complaints = javadoc().lines()
                .filter(line -> line.contains("warning:") || line.contains("error:"))
                .filter(line -> !TAG.matcher(line).find() && !CLAUSE.matcher(line).find())
                .toList();
        assertThat(complaints).isEmpty();
        assertThat(Path.of("target/javadoc/dev/kloset/Importer.html")).exists();
    }

    @Test
    void everyPackageHasAComment() throws IOException {
        for (String module : MODULES) {
            for (Path source : sources(module)) {
                assertThat(source.resolveSibling("package-info.java")).content().startsWith("/**");
            }
        }
    }
}
