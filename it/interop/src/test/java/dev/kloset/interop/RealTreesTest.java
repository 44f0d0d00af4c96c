package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that are found on real machines, and one that is worse. */
class RealTreesTest {

    private static final int UNREADABLE = 20;
    private static final int MANY_FILES = Integer.getInteger("many.files", 9_000);
    private static final int FILES_IN_ALL = MANY_FILES + 9_000;
    private static final int HOLE_BYTES = 300_000_000;
    // The work takes minutes on a slow machine; a hang takes forever.
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path directory;

    @Test
    void theInstallationOfTheJdkComesBackAsItWas() throws Exception {
        Path jdk = Programs.javaHome().toRealPath();
        Tree before = Tree.of(jdk);
        try (Plakar plakar = Plakar.withFiles(directory).patient(PATIENCE)) {
            Snapshot snapshot = plakar.at("files://" + directory.resolve("store")).create().backup("files://" + jdk);
            assertThat(snapshot.count("Files")).isEqualTo((int) before.regularFiles());
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.check();
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    @Test
    void manyFilesOfAllKindsComeBackAsTheyWere() throws Exception {
        Path source = makeLargeTree();
        Tree before = Tree.of(source);
        assertThat(before.regularFiles()).isGreaterThanOrEqualTo(FILES_IN_ALL);
        try (Plakar plakar = Plakar.withFiles(directory).patient(PATIENCE).bound()) {
            Snapshot snapshot = plakar.at("files://" + directory.resolve("store"))
                    .create()
                    .backup("files://" + source);

            assertThat(snapshot.backup().text()).contains("with " + UNREADABLE + " errors");
            assertThat(snapshot.backup().text().lines().filter(line -> line.contains(" KO "))).hasSize(UNREADABLE)
                    .allSatisfy(line -> assertThat(line).contains("/unreadable/").containsIgnoringCase("denied"));
            assertThat(snapshot.count("Files")).isEqualTo((int) before.regularFiles() - UNREADABLE);
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        assertDifferences(before, directory.resolve("restored"));
    }

    private Path makeLargeTree() throws IOException {
        Path source = TreeMaker.varied(directory.resolve("source"));
        TreeMaker maker = TreeMaker.in(source);
        maker.manyFiles(MANY_FILES, 300);
        maker.hardLinks("many links", 3_000);
        maker.deepPath(120);
        maker.extendedAttributes(500);
        maker.sparse("a hole", HOLE_BYTES);
        maker.unreadable(UNREADABLE);
        maker.settleTimes();
        return source;
    }

    private static void assertDifferences(Tree before, Path restored) throws IOException {
        Set<String> missing = before.paths()
                .stream()
                .filter(path -> path.startsWith("unreadable/"))
                .collect(Collectors.toSet());
        List<String> differences = before.differences(Tree.of(restored), Aspect.XATTRS)
                .stream()
                .filter(line -> !missing.contains(line.replace("missing: /", "")))
                .toList();
        assertThat(differences).isEmpty();
        assertThat(Files.exists(restored.resolve("unreadable/0"))).isFalse();
        assertThat(allocated(restored.resolve("sparse/a hole"))).isLessThan(HOLE_BYTES / 10);
    }

    /** {@return the bytes that the file takes on the disk} */
    private static long allocated(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "--block-size=1", file.toString()).start();
        return Long.parseLong(new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\t", 2)[0]);
    }
}
