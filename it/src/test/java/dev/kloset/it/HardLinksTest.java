package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of names that are far apart in the restore: 60,000 with {@code -Pfull}, otherwise fewer; 300,000 by hand. */
class HardLinksTest {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int PAIRS = Integer.getInteger("links.pairs", 2_000);

    @TempDir
    private Path directory;

    @Test
    void noPairIsSeparatedWithTheHeapOfAPackage() throws Exception {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
        assumeTrue(Files.isWritable(MEMORY), "a file system in memory takes so many files soon enough");
        Path base = Files.createTempDirectory(MEMORY, "hard-links");
        try {
            Path source = pairs(base.resolve("source"));
            KlosetCommand kloset = new KlosetCommand(directory).with("KLOSET_JAVA_OPTS", "-Xmx128m");
            Process process = kloset.start("copy", "-v", "--no-progress", "--concurrency", "1", "files://" + source,
                    "files://" + base.resolve("copy"));
            process.waitFor(); // this takes as long as it takes
            KlosetCommand.Run run = kloset.finish(process);
            assertThat(run.err()).doesNotContain("wait for names");
            assertThat(run.exitCode()).isZero();
            for (int i = 0; i < PAIRS; i++) {
                assertThat(inode(base.resolve("copy/z/" + i))).isEqualTo(inode(base.resolve("copy/a/" + i)));
            }
        } finally {
            delete(base);
        }
    }

    private static Path pairs(Path source) throws IOException {
        Path first = Files.createDirectories(source.resolve("a"));
        Path second = Files.createDirectories(source.resolve("z"));
        for (int i = 0; i < PAIRS; i++) {
            Path file = Files.createFile(first.resolve(Integer.toString(i)));
            Files.createLink(second.resolve(Integer.toString(i)), file);
        }
        return source;
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private static void delete(Path base) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(base)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
