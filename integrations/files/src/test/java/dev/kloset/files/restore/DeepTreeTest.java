package dev.kloset.files.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileRecord;
import dev.kloset.files.ChildJvm;
import dev.kloset.files.backup.WalkCollector;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of more levels than a process may have files open. */
final class DeepTreeTest {

    private static final int LEVELS = 1500;

    @TempDir
    Path base;

    /** By another program: JUnit would open a directory on each level. */
    @AfterEach
    void remove() throws Exception {
        assertThat(new ProcessBuilder("rm", "-rf", base.resolve("root").toString()).start().waitFor()).isZero();
    }

    private static List<String> within(int files) {
        return List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh");
    }

    @Test
    void aRestoreThatMayOpen1024FilesIsComplete() throws Exception {
        assertRestoredWithin(1024);
    }

    @Test
    void aRestoreThatMayOpenVeryFewFilesIsComplete() throws Exception {
        assertRestoredWithin(80);
    }

    private void assertRestoredWithin(int files) throws Exception {
        Path root = base.resolve("root");
        try (ChildJvm child = ChildJvm.start(within(files), Restore.class, root.toString())) {
            assertThat(child.lines()).containsExactly("errors: {}", "results: " + (4 * LEVELS + 1));
        }
        Path level = root;
        for (int i = 1; i <= LEVELS; i++) {
            level = level.resolve("d");
            assertThat(level.resolve("before")).hasContent("before");
            assertThat(level.resolve("after")).hasContent("after");
            assertThat(level.resolve("link")).isSymbolicLink();
            Map<String, Object> attributes = Files.readAttributes(level, "unix:mode,lastModifiedTime",
                    LinkOption.NOFOLLOW_LINKS);
            assertThat(attributes.get("mode")).as("mode at level %d", i).isEqualTo(0040555);
            assertThat(Objects.requireNonNull(attributes.get("lastModifiedTime")).toString()).as("time at level %d", i)
                    .isEqualTo(RestoreScript.TIME.toString());
        }
    }

    @Test
    void aBackupThatMayOpenVeryFewFilesIsComplete() throws Exception {
        Path root = base.resolve("root");
        try (ChildJvm restore = ChildJvm.start(Restore.class, root.toString())) {
            assertThat(restore.await()).isZero();
        }
        try (ChildJvm backup = ChildJvm.start(within(80), Backup.class, root.toString())) {
            assertThat(backup.lines()).containsExactly("errors: []", "before: " + LEVELS, "after: " + LEVELS,
                    "links: " + LEVELS, "directories: " + (LEVELS + 1));
        }
    }

    /** Backs up in a process that may open few files, and reads all contents. */
    static final class Backup {
        public static void main(String[] args) throws Exception {
            Path root = Path.of(args[0]);
            WalkCollector found = WalkCollector.of(root);
            List<FileRecord> records = found.all(FileRecord.class)
                    .stream()
                    .filter(record -> record.pathname().startsWith(root.toString()))
                    .toList();
            ChildJvm.report("errors: " + found.errors());
            for (String content : List.of("before", "after")) {
                ChildJvm.report(content + ": " + count(records, record -> record.info().mode().isRegular()
                        && new String(WalkCollector.bytes(record), StandardCharsets.UTF_8).equals(content)));
            }
            ChildJvm.report("links: " + count(records, record -> record.target().equals("before")));
            ChildJvm.report("directories: " + count(records, record -> record.info().mode().isDirectory()));
        }

        private static long count(List<FileRecord> records, Predicate<FileRecord> condition) {
            return records.stream().filter(condition).count();
        }
    }

    /** Restores in a process that may open few files. */
    static final class Restore {
        public static void main(String[] args) throws Exception {
            RestoreScript script = new RestoreScript();
            script.directory("/", 0755);
            String level = "";
            for (int i = 1; i <= LEVELS; i++) {
                level += "/d";
                script.directory(level, 0555).file(level + "/before", "before");
            }
            for (int i = LEVELS; i >= 1; i--) {
                level = level.substring(0, 2 * i);
                script.file(level + "/after", "after").symlink(level + "/link", "before");
            }
            RestoreTree tree = RestoreTree.open(Path.of(args[0]), RestoreNative.instance());
            try (RestoreRun run = new RestoreRun(tree,
                    new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                    new RestoredFiles(false), script, 2)) {
                run.restore(script);
            }
            ChildJvm.report("errors: " + script.errors());
            ChildJvm.report("results: " + script.resultCount());
        }
    }
}
