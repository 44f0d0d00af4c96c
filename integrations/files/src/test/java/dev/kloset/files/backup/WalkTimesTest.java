package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.FileRecord;
import dev.kloset.files.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times that Java cannot express, as some file systems keep them. */
class WalkTimesTest {

    private static final Path KEEPS_ANY_TIME = Path.of("/dev/shm");

    /** Lists a directory with three times out of range, in a process whose log can be read. */
    static final class Listing {
        public static void main(String[] args) throws Exception {
            for (FileRecord record : WalkCollector.of(Path.of(args[0])).all(FileRecord.class)) {
                Instant time = record.info().modTime();
                if (time.equals(Instant.MAX) || time.equals(Instant.MIN)) {
                    ChildJvm.report(record.info().name() + " " + (time.equals(Instant.MAX) ? "late" : "early"));
                }
            }
        }
    }

    @Test
    void oneLineGivesTheNumberAndNamesTheFirst() throws Exception {
        assumeTrue(Files.isWritable(KEEPS_ANY_TIME), "a tmpfs keeps times of 64 bits");
        Path directory = Files.createTempDirectory(KEEPS_ANY_TIME, "times");
        List<Path> files = List.of(directory.resolve("early"), directory.resolve("late"), directory.resolve("later"));
        try {
            touch(files.get(0), -(1L << 55));
            touch(files.get(1), 1L << 55);
            touch(files.get(2), 1L << 56);
            try (ChildJvm child = ChildJvm.start(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"), Listing.class,
                    directory.toString())) {
                List<String> lines = child.lines();
                assertThat(child.await()).isZero();
                assertThat(lines).contains("early early", "late late", "later late")
                        .filteredOn(line -> line.contains("out of range"))
                        .singleElement()
                        .asString()
                        .contains(
                                "3 times were out of range and became the nearest that can be kept, the first of them "
                                        + "that of " + directory + "/");
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.delete(directory);
        }
    }

    private static void touch(Path file, long second) throws Exception {
        assertThat(new ProcessBuilder("touch", "-d", "@" + second, file.toString()).start().waitFor()).isZero();
    }
}
