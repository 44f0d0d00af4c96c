package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are killed, each on a machine of its own, so that no note tells the next one of them. */
class HadoopBackupKillTest {

    /** A sample of them in each build; 20 by hand. */
    private static final int KILLS = Integer.getInteger("hadoop.backup.kills", 2);
    private static final int FILES = 15;

    @TempDir
    private Path machines = Path.of("");

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        for (int i = 0; i < FILES; i++) {
            hdfs.write("d/d" + i % 3 + "/f" + i, "content " + i);
        }
        hdfs.files.allowSnapshot(hdfs.at("d"));
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    private List<String> snapshots() throws Exception {
        List<String> names = new ArrayList<>();
        for (FileStatus status : hdfs.files.listStatus(hdfs.at("d/.snapshot"))) {
            names.add(status.getPath().getName());
        }
        return names;
    }

    private Set<String> marks() throws Exception {
        return hdfs.files.getXAttrs(hdfs.at("d")).keySet();
    }

    @Test
    void noSnapshotOfAKilledBackupOutlivesItsLease() throws Exception {
        hdfs.files.createSnapshot(hdfs.at("d"), "monday");
        try (BackupProcess alive = BackupProcess.start(hdfs.settings("d"), machines.resolve("alive"))) {
            alive.awaitRecords();
            List<String> wanted = snapshots();
            assertThat(wanted).hasSize(2).contains("monday");
            for (int i = 0; i < KILLS; i++) {
                kill(i);
            }
            sweep(Instant.now().plusSeconds(2)); // until then its time may not be over for as long as it was

            assertThat(snapshots()).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(marks()).hasSize(1);
            alive.finish();
        }
        assertThat(snapshots()).containsExactly("monday");
        assertThat(marks()).isEmpty();
    }

    /** Kill a backup when it has emitted some records; each second one as soon as it begins to make its snapshot. */
    private void kill(int number) throws Exception {
        List<String> before = snapshots();
        Set<String> marksBefore = new HashSet<>(marks());
        try (BackupProcess killed = BackupProcess.start(hdfs.settings("d", "lease", "1s"),
                machines.resolve("killed" + number))) {
            if (number % 2 == 0) {
                killed.awaitRecord(1 + number % FILES);
                assertThat(snapshots()).as("one of its own").anyMatch(name -> !before.contains(name));
            } else {
                while (marksBefore.containsAll(marks())) {
                    assertThat(killed.process().isAlive()).isTrue();
                }
            }
            killed.kill();
        }
    }

    private void sweep(Instant end) throws Exception {
        boolean isOver = false;
        while (!isOver) {
            isOver = Instant.now().isAfter(end);
            Taken.of(hdfs.settings("d", "lease", "1s"));
        }
    }
}
