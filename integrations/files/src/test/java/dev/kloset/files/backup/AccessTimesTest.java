package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A backup leaves no trace in the times of access of files of the same user. */
@EnabledOnOs(OS.LINUX)
class AccessTimesTest {

    /** Older than the modification: otherwise most systems would not note an access. */
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path root;

    @BeforeEach
    void accessesAreNotedHere() throws IOException {
        Path probe = Files.writeString(root.resolve("probe"), "x");
        accessedLongAgo(probe);
        Files.readAllBytes(probe);
        assumeTrue(!accessed(probe).equals(LONG_AGO), "this file system notes no accesses");
        Files.delete(probe);
    }

    private static void accessedLongAgo(Path file) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
    }

    private static FileTime accessed(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).lastAccessTime();
    }

    @Test
    void readingAFileAndListingADirectoryChangeNoTimeOfAccess() throws Exception {
        Path directory = Files.createDirectory(root.resolve("d"));
        Path file = Files.writeString(directory.resolve("f"), "content");
        Path empty = Files.createFile(directory.resolve("empty"));
        for (Path one : new Path[]{ file, empty, directory }) {
            accessedLongAgo(one);
        }
        WalkCollector found = WalkCollector.of(root);
        assertThat(WalkCollector.bytes(found.file(file))).asString().isEqualTo("content");
        assertThat(WalkCollector.bytes(found.file(empty))).isEmpty();
        assertThat(Stream.of(file, empty, directory)).allSatisfy(
                one -> assertThat(accessed(one)).as(one.toString()).isEqualTo(LONG_AGO));
    }
}
