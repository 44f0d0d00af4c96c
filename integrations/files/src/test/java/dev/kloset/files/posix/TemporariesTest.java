package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporariesTest {

    private static final ProcessIdentity SELF = ProcessIdentity.self();
    private static final InstantSource NOW = InstantSource.system();

    // Larger than any process number that Linux assigns.
    private static final long NOBODY = 4194305;

    @TempDir
    Path directory;

    @Test
    void namesAreDifferentEvenBetweenInstances() {
        var names = Stream.generate(() -> new Temporaries("t-").next()).limit(100).distinct();
        assertThat(names).hasSize(100)
                .allMatch(name -> name.startsWith("t-" + SELF.machine() + "-" + SELF.pid() + "-"));
    }

    @Test
    void temporariesOfADeadProcessAreRemovedAndOthersAreNot() throws Exception {
        Path dead = make(identity(SELF.machine(), NOBODY, "1"));
        Path earlierWithMyNumber = make(identity(SELF.machine(), SELF.pid(), SELF.start() + "1"));
        Path mine = make(SELF);
        Path elsewhere = make(identity("abc", NOBODY, "1"));
        Path unknown = make(identity(ProcessIdentity.UNKNOWN_MACHINE, NOBODY, "1"));
        Path withOtherPrefix = Files.createFile(directory.resolve("x-" + SELF.machine() + "-" + NOBODY + "-1-1"));
        Path almost = Files.createFile(directory.resolve("t-" + SELF.machine() + "-" + NOBODY + "-1-1.txt"));
        Path subdirectory = Files
                .createDirectory(directory.resolve("t-" + SELF.machine() + "-" + NOBODY + "-1-" + Long.MAX_VALUE));

        new Temporaries("t-").sweep(directory);

        assertThat(files()).doesNotContain(dead, earlierWithMyNumber)
                .containsExactlyInAnyOrder(mine, elsewhere, unknown, withOtherPrefix, almost, subdirectory);
    }

    @Test
    void theLinkOfADeadProcessIsRemovedWithoutItsTarget() throws Exception {
        Path target = Files.createFile(directory.resolve("target"));
        Files.createSymbolicLink(directory.resolve("t-" + SELF.machine() + "-" + NOBODY + "-1-1"), target);
        new Temporaries("t-").sweep(directory);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void temporariesOfUnknownProcessesGoAfterADayWithoutAChange() throws Exception {
        Path elsewhere = make(identity("abc", NOBODY, "1"));
        Path mine = make(SELF);
        // A restore sets old modification times before the rename, so they prove nothing.
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.EPOCH));
        at(Temporaries.SILENCE.minusMinutes(1)).sweep(directory);
        assertThat(files()).containsExactlyInAnyOrder(elsewhere, mine);
        at(Temporaries.SILENCE.plusMinutes(1)).sweep(directory);
        assertThat(files()).containsExactly(mine);
    }

    @Test
    void withoutKnowledgeOfProcessesOnlyAgeCounts() throws Exception {
        Path file = make(identity(ProcessIdentity.UNKNOWN_MACHINE, NOBODY, "0"));
        new Temporaries("t-", identity(ProcessIdentity.UNKNOWN_MACHINE, 1, "0"), NOW).sweep(directory);
        assertThat(file).exists();
    }

    @Test
    void aProcessThatCannotSeeOthersLeavesTheirFilesAlone() throws Exception {
        Path ofRoot = make(identity(SELF.machine(), NOBODY, "1"));
        int other = (Integer) Files.getAttribute(ofRoot, "unix:uid") + 1;
        new Temporaries("t-", new ProcessIdentity(SELF.machine(), 1, "1", other), NOW).sweep(directory);
        assertThat(ofRoot).exists();
    }

    @Test
    void aProcessThatEndedIsNotRunning() throws Exception {
        Process process = new ProcessBuilder("sleep", "30").start();
        long pid = process.pid();
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String start = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
        assertThat(SELF.isRunning(pid, start)).isTrue();
        assertThat(SELF.isRunning(pid, start + "0")).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(SELF.isRunning(pid, start)).isFalse();
        assertThat(SELF.isRunning(SELF.pid(), SELF.start())).isTrue();
    }

    @Test
    void aMissingDirectoryIsNotAnError() {
        new Temporaries("t-").sweep(directory.resolve("missing"));
    }

    private Temporaries at(Duration later) {
        return new Temporaries("t-", SELF, () -> Instant.now().plus(later));
    }

    private static ProcessIdentity identity(String machine, long pid, String start) {
        return new ProcessIdentity(machine, pid, start, 0);
    }

    private Path make(ProcessIdentity identity) throws IOException {
        return Files.createFile(directory.resolve(new Temporaries("t-", identity, NOW).next()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
