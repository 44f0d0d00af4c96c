package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One directory with very many entries, beside a tree of odd ones: each with a time of its own, exact to the nanosecond. */
class WideDirectoryTest {

    /** Few, for the time of a build; by hand 300,000. */
    private static final int ENTRIES = Integer.getInteger("wide.entries", 3_000);
    private static final Duration PATIENCE = Plakar.PATIENCE.plusMillis(20L * ENTRIES);
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path base;

    @BeforeEach
    void makeRoom() throws Exception {
        assumeTrue(Files.isWritable(MEMORY), "a file system in memory takes so many files soon enough");
        base = Files.createTempDirectory(MEMORY, "wide");
    }

    @AfterEach
    void giveBack() throws Exception {
        if (base != null) {
            Shell.ok(MEMORY, "rm -rf " + base);
        }
    }

    @Test
    void itComesBackThroughPlakar() throws Exception {
        Path source = makeSource();
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(base).patient(PATIENCE)) {
            Snapshot snapshot = plakar.at("files://" + base.resolve("store")).create().backup("files://" + source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.restore("files://" + base.resolve("restored"));
        }
        assertWide(before);
        before.assertSame(Tree.of(base.resolve("restored")));
    }

    @Test
    void itComesThroughACopy() throws Exception {
        Path source = makeSource();
        Tree before = Tree.of(source);
        Outcome outcome = new KlosetCopy(base).ok(source, base.resolve("copy"));
        assertThat(outcome.text()).contains("; 0 errors");
        assertWide(before);
        before.assertSame(Tree.of(base.resolve("copy")));
    }

    private Path makeSource() throws Exception {
        Path source = TreeMaker.varied(base.resolve("source"));
        TreeMaker maker = TreeMaker.in(source);
        maker.manyFiles(ENTRIES, ENTRIES);
        maker.settleTimes();
        return source;
    }

    private static void assertWide(Tree tree) {
        assertThat(tree.paths().stream().filter(path -> path.startsWith("many/0/0/"))).hasSize(ENTRIES);
    }
}
