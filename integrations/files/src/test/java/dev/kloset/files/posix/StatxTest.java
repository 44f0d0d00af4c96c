package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.FileInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If a field differed from Java's answer, Plakar would read every file again that an earlier version backed up. */
class StatxTest {

    @TempDir
    Path directory;

    @BeforeEach
    void onLinuxOnly() {
        assumeTrue(SystemCalls.has("statx"));
    }

    @Test
    void aFileHasTheMetadataThatJavaSees() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[12_345]);
        Files.createLink(directory.resolve("other"), file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));

        assertThat(seen(file)).isEqualTo(FileInfo.of(file));
        assertThat(FileInfo.of(file).nlink()).isEqualTo(2);
    }

    @Test
    void aTimeBeforeTheEpochIsTheSameOneThatJavaSees() throws IOException {
        Path file = Files.createFile(directory.resolve("old"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(-1_000, 500_000_000)));

        assertThat(seen(file)).isEqualTo(FileInfo.of(file));
    }

    @Test
    void allBitsOfTheModeAreThere() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        for (int mode : new int[]{ 0, 0777, 04755, 02755, 01777 }) {
            Files.setAttribute(file, "unix:mode", mode);

            assertThat(seen(file)).as("mode %o", mode).isEqualTo(FileInfo.of(file));
        }
    }

    @Test
    void directoriesDevicesAndSymbolicLinksHaveTheMetadataThatJavaSees() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/nowhere"));

        assertThat(seen(link)).isEqualTo(FileInfo.of(link));
        for (String path : new String[]{ "/dev", "/dev/null", "/proc/self/status", "/proc", "/sys" }) {
            assertThat(seen(Path.of(path)).dev()).as(path)
                    .isEqualTo((long) Files.getAttribute(Path.of(path), "unix:dev", LinkOption.NOFOLLOW_LINKS));
            assertThat(seen(Path.of(path)).mode()).as(path).isEqualTo(FileInfo.of(Path.of(path)).mode());
        }
    }

    @Test
    void aSymbolicLinkIsFollowedOnRequest() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[7]);
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx followed = Objects.requireNonNull(Statx.of(WalkName.bytes(link), true, buffer));
            assertThat(followed.info("file").build().size()).isEqualTo(7);
        }
    }

    @Test
    void missingAndUnnameableFilesHaveNoAnswer() {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            assertThat(Statx.of(WalkName.bytes(directory.resolve("missing")), false, buffer)).isNull();
            assertThat(Statx.of(new byte[1 << 20], false, buffer)).isNull();
        }
    }

    /** Does not include the names of owners, which Statx does not read. */
    private static FileInfo seen(Path path) throws IOException {
        FileInfo java = FileInfo.of(path);
        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx stat = Objects.requireNonNull(Statx.of(WalkName.bytes(path), false, buffer), path.toString());
            return stat.info(java.name()).username(java.username()).groupname(java.groupname()).build();
        }
    }
}
