package dev.kloset.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorConfig;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.StoreContext;
import dev.kloset.files.FailingDisk;
import dev.kloset.files.RamDirectory;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.Errno;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails at any one sync: with EIO, ENOSPC and EDQUOT. */
class FailingSyncTest {

    private static final int EIO = 5;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;
    private static final byte[] CONFIG = { 1 };
    private static final ObjectMac MAC = ObjectMac.fromHex("ab".repeat(32));

    @TempDir(factory = RamDirectory.class)
    Path directory;

    private static FilesStore store(Path root, Disk disk) throws ConfigException {
        return new FilesStore(StoreContext.of("files", ConnectorConfig.of(Map.of("location", "files://" + root))),
                disk);
    }

    private static ByteArrayInputStream content() {
        return new ByteArrayInputStream(new byte[]{ 2, 3, 4 });
    }

    @ParameterizedTest
    @ValueSource(ints = { EIO, ENOSPC, EDQUOT })
    void aRepositoryIsMadeOnlyIfEverySyncSucceedsAndTheNextAttemptWorks(int errno) throws Exception {
        int failures = 0;
        while (true) {
            Path root = directory.resolve("repository" + failures);
            FailingDisk disk = new FailingDisk(errno, failures);
            FilesStore failing = store(root, disk);
            if (succeeds(() -> failing.create(CONFIG), errno)) {
                assertThat(disk.hasFailed()).isFalse();
                break;
            }
            FilesStore next = store(root, new FailingDisk(errno, -1));
            if (Files.notExists(root.resolve("CONFIG"))) {
                next.create(CONFIG);
            }
            assertThat(next.open()).isEqualTo(CONFIG);
            next.put(StorageResource.PACKFILE, MAC, content());
            failures++;
        }
        assertThat(failures).as("syncs of a create").isGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = { EIO, ENOSPC, EDQUOT })
    void anObjectIsStoredOnlyIfEverySyncSucceedsAndTheNextAttemptWorks(int errno) throws Exception {
        Path root = directory.resolve("repository");
        FilesStore sound = store(root, new FailingDisk(errno, -1));
        sound.create(CONFIG);
        Path bucket = root.resolve("states/ab");
        int failures = 0;
        while (true) {
            Files.deleteIfExists(bucket); // making it again is one more sync
            FilesStore failing = store(root, new FailingDisk(errno, failures));
            if (succeeds(() -> failing.put(StorageResource.STATE, MAC, content()), errno)) {
                break;
            }
            assertThat(temporaries(root)).as("after %d", failures).isEmpty();
            sound.put(StorageResource.STATE, MAC, content());
            assertThat(sound.list(StorageResource.STATE)).containsExactly(MAC);
            sound.delete(StorageResource.STATE, MAC);
            failures++;
        }
        assertThat(failures).as("syncs of a put").isEqualTo(3);
    }

    /** What may fail. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private static boolean succeeds(Attempt attempt, int errno) throws IOException, InterruptedException {
        try {
            attempt.run();
            return true;
        } catch (IOException e) {
            assertThatThrownBy(() -> {
                throw e;
            }).hasMessageContaining(Errno.words(errno));
            return false;
        }
    }

    private static List<Path> temporaries(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("CONFIG") && !file.getFileName().toString().equals(MAC.hex()))
                    .toList();
        }
    }
}
