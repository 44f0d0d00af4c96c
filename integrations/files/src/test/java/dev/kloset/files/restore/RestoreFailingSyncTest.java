package dev.kloset.files.restore;

import static dev.kloset.files.restore.RestoreScript.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.files.FailingDisk;
import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restore to a disk that fails at any one sync: no file that may be lost counts as restored. */
class RestoreFailingSyncTest {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;
    private static final int FILES = 6;

    @TempDir
    Path base;

    @ParameterizedTest
    @ValueSource(ints = { EIO, ENOSPC, EDQUOT })
    void eachFailureIsThatOfAFileOrOfTheWholeRestore(int errno) throws Exception {
        int failedFiles = 0;
        int failedRestores = 0;
        boolean failed = true;
        for (int sync = 0; failed; sync++) {
            Path root = base.resolve("root" + sync);
            FailingDisk disk = new FailingDisk(errno, sync);
            RestoreScript script = script();
            IOException thrown = restore(root, script, disk);
            Map<String, List<String>> errors = script.errors();
            failed = thrown != null || !errors.isEmpty();
            if (thrown != null) {
                assertThat(thrown).hasMessageContaining(Errno.words(errno));
                failedRestores++;
            } else if (failed) {
                assertThat(errors).hasSize(1);
                String path = errors.keySet().iterator().next();
                assertThat(script.result(path)).contains(Errno.words(errno));
                if (path.startsWith("/d/f")) {
                    assertThat(root.resolve(path.substring(1))).doesNotExist();
                }
                failedFiles++;
            }
            assertNoTemporaries(root);
        }
        assertThat(failedFiles).as("failures of files").isGreaterThanOrEqualTo(FILES);
        assertThat(failedFiles + failedRestores).as("failures").isGreaterThan(FILES);
    }

    private static RestoreScript script() {
        RestoreScript script = new RestoreScript().directory("/", 0755).directory("/d", 0755);
        for (int i = 0; i < FILES; i++) {
            String content = "content " + i;
            script.file(RestoreScript.info("/d/f" + i).size(content.length()), "/d/f" + i, () -> text(content));
        }
        return script;
    }

    private static @Nullable IOException restore(Path root, RestoreScript script, FailingDisk disk)
            throws InterruptedException {
        try (RestoreRun run = new RestoreRun(RestoreTree.open(root, RestoreNative.instance()),
                new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                new RestoredFiles(false), script, 2, disk)) {
            run.restore(script);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static void assertNoTemporaries(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(FilesExporter.TEMPORARY_PREFIX));
        }
    }
}
