package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plakar is stopped during its work. */
class InterruptionTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    /** The cache daemon, and its plugin with it, ends after being unused for 5 s. */
    private static final Duration CACHED_IS_GONE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Path source;
    private Path store;
    private Path restored;

    /** How a user or the system stops Plakar. */
    enum Stop {
        /** The terminal signals the whole process group; Plakar then kills its plugins without warning. */
        CTRL_C {
            @Override
            void stop(RunningCommand command) throws IOException {
                command.signalGroup("INT");
            }
        },
        /** Only Plakar gets the signal; it kills its plugins without warning. */
        SIGINT {
            @Override
            void stop(RunningCommand command) throws IOException {
                command.signal("INT");
            }
        },
        /** Plakar is gone at once, without notifying the plugins; their standard input ends. */
        SIGKILL {
            @Override
            void stop(RunningCommand command) throws IOException {
                command.signal("KILL");
            }
        };

        abstract void stop(RunningCommand command) throws IOException;
    }

    @BeforeEach
    void makeTree() throws IOException {
        source = directory.resolve("source");
        store = directory.resolve("store");
        restored = directory.resolve("restored");
        TreeMaker.in(source).manyFiles(500, 100);
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedBackupLeavesNoProcessAndNoTemporaryFileAndTheNextOneWorks(Stop stop) throws Exception {
        // Enough new bytes for several packfiles, and enough to read for a long time afterwards.
        TreeMaker.in(source).file("a large file", 200_000_000);
        TreeMaker.in(source).sparse("an endless file", 8L << 30);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            RunningCommand backup = repository.start("backup", "files://" + source);
            Await.until("a packfile was begun", Plakar.PATIENCE, () -> !files(store.resolve("packfiles")).isEmpty());
            assertThat(plakar.watch().plugins()).as("plugins during a backup").hasSizeGreaterThanOrEqualTo(3);

            stop.stop(backup);

            assertThat(backup.end(AT_ONCE).exit()).isNotZero();
            plakar.watch().awaitNoneButCached(AT_ONCE);
            assertThat(temporaryFiles(plakar)).isEmpty();
            plakar.watch().awaitNone(CACHED_IS_GONE);
            assertThat(repository.snapshotIds()).isEmpty();

            Files.delete(source.resolve("sparse/an endless file"));
            repository.backup("files://" + source).check();
            assertThat(files(store)).allMatch(InterruptionTest::belongsToARepository);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedRestoreLeavesNoProcessAndNoTemporaryFileAndTheNextOneWorks(Stop stop) throws Exception {
        TreeMaker.in(source).sparse("a long file", 1L << 30);
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            Snapshot snapshot = repository.backup("files://" + source);
            RunningCommand restore = repository.start("restore", "-to", "files://" + restored, snapshot.id());
            Await.until("the long file was begun", Plakar.PATIENCE,
                    () -> plakar.watch().hasOpen(restored.resolve("sparse")));

            stop.stop(restore);

            assertThat(restore.end(AT_ONCE).exit()).isNotZero();
            plakar.watch().awaitNoneButCached(AT_ONCE);
            assertThat(files(restored)).as("what was begun").allMatch(this::isOfTheSource);
            assertThat(restored.resolve("sparse/a long file")).doesNotExist();
            assertThat(temporaryFiles(plakar)).isEmpty();

            plakar.watch().awaitNone(CACHED_IS_GONE);
            snapshot.restore("files://" + restored);
        }
        before.assertSame(Tree.of(restored));
    }

    /** {@return the content of TMPDIR} A killed Plakar cannot remove its own packfiles from there. */
    private static List<Path> temporaryFiles(Plakar plakar) throws IOException {
        return files(plakar.temporaryFiles()).stream()
                .filter(file -> !plakar.temporaryFiles().relativize(file).toString().startsWith("plakar-backup-"))
                .toList();
    }

    private static boolean belongsToARepository(Path file) {
        return file.endsWith("CONFIG") || file.getFileName().toString().matches("[0-9a-f]{64}");
    }

    private boolean isOfTheSource(Path file) {
        return Files.exists(source.resolve(restored.relativize(file).toString()));
    }

    private static List<Path> files(Path below) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.exists(below)) {
            // Unlike a stream, this copes with names that disappear meanwhile.
            Files.walkFileTree(below, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        return found;
    }
}
