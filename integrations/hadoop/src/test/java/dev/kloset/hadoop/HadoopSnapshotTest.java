package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that show one moment, and the snapshots that they make for it. */
class HadoopSnapshotTest {

    @TempDir
    private Path state = Path.of("");

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        hdfs.write("d/file", "as it was");
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    private String path(String relative) {
        return hdfs.top + "/" + relative;
    }

    private List<String> snapshots(String relative) throws Exception {
        List<String> names = new ArrayList<>();
        for (FileStatus status : hdfs.files.listStatus(hdfs.at(relative + "/.snapshot"))) {
            names.add(status.getPath().getName());
        }
        return names;
    }

    private void requireNothingLeft(String relative) throws Exception {
        assertThat(snapshots(relative)).isEmpty();
        assertThat(hdfs.files.getXAttrs(hdfs.at(relative))).isEmpty();
    }

    @Test
    void aChangeDuringTheBackupIsNotInIt() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        AtomicBoolean changed = new AtomicBoolean();

        Taken taken = Taken.of(hdfs.settings("d"), _ -> {
            if (changed.compareAndSet(false, true)) {
                try {
                    assertThat(snapshots("d")).hasSize(1);
                    hdfs.write("d/file", "is another now");
                    hdfs.write("d/new", "");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });

        assertThat(taken.text(path("d/file"))).isEqualTo("as it was");
        assertThat(taken.paths()).doesNotContain(path("d/new"));
        assertThat(taken.metadata(path("d"))).isEmpty();
        requireNothingLeft("d");
    }

    @Test
    void aSnapshottableDirectoryAboveIsUsedAndOneBelowToo() throws Exception {
        hdfs.mkdirs("d/below");
        hdfs.files.allowSnapshot(hdfs.at("d"));

        PointFile below = PointFile.read(Taken.of(hdfs.settings("d/below")).bytes(Layout.POINT));
        PointFile above = PointFile.read(Taken.of(hdfs.settings("")).bytes(Layout.POINT));

        assertThat(below.directories()).containsExactly(path("d"));
        assertThat(above.directories()).containsExactly(path("d"));
        requireNothingLeft("d");
    }

    @Test
    void whereNoSnapshotCanBeMadeFilesAreReadAsTheyAreUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(Taken.of(hdfs.settings("d")).text(path("d/file"))).isEqualTo("as it was");
        assertThatThrownBy(() -> Taken.of(hdfs.settings("d", "consistency", "require-snapshot")))
                .satisfies(e -> assertThat(Sentence.of(e)).isEqualTo(path("d") + " on " + hdfs.cluster.location()
                        + " cannot be snapshotted: an administrator runs \"hdfs dfsadmin -allowSnapshot " + path("d")
                        + "\", or set consistency=live"));
    }

    @Test
    void whoMayNotMakeASnapshotReadsFilesAsTheyAreUnlessTheUserSaysOtherwise() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));

        Taken taken = Taken.of(hdfs.settings("d", "user", "alice"));

        assertThat(taken.text(path("d/file"))).isEqualTo("as it was");
        assertThat(PointFile.read(taken.bytes(Layout.POINT)).snapshot()).isEmpty();
        assertThatThrownBy(
                () -> Taken.of(hdfs.settings("d", "user", "alice", "consistency", "require-snapshot")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("cannot make a snapshot of " + path("d"), "alice")
                        .doesNotContain("\tat "));
        requireNothingLeft("d");
    }

    @Test
    void theOwnerOfTheDirectoryMayMakeASnapshot() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        hdfs.files.setOwner(hdfs.at("d"), "alice", "staff");

        Taken taken = Taken.of(hdfs.settings("d", "user", "alice", "consistency", "require-snapshot"));

        assertThat(PointFile.read(taken.bytes(Layout.POINT)).snapshot()).startsWith("kloset_");
        requireNothingLeft("d");
    }

    @Test
    void aSnapshotThatExistsIsReadAndStays() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        hdfs.files.createSnapshot(hdfs.at("d"), "monday");
        hdfs.write("d/file", "is another now");

        assertThat(Taken.of(hdfs.settings("d", "snapshot", "monday")).text(path("d/file"))).isEqualTo("as it was");
        assertThat(snapshots("d")).containsExactly("monday");
        assertThatThrownBy(() -> Taken.of(hdfs.settings("d", "snapshot", "tuesday")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("has no snapshot tuesday"));
    }

    private List<String> doctor(Map<String, String> settings) throws Exception {
        try (Importer importer = Taken.importer(settings)) {
            return Doctor.steps(importer);
        }
    }

    /** {@return all that the command says} */
    private static String doctorCommand(Map<String, String> settings) throws Exception {
        List<String> words = new ArrayList<>(List.of("doctor", "--kind", "importer"));
        settings.forEach((key, value) -> words.addAll(List.of("-o", key + "=" + value)));
        Process doctor = JavaMain.of(HadoopPlugin.class, "128m", Map.of(), words.toArray(String[]::new))
                .redirectErrorStream(true)
                .start();
        return new String(doctor.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void theDoctorWarnsWhereABackupWarnsAndFailsWhereItFails() throws Exception {
        String sentence = path("d") + " on " + hdfs.cluster.location() + " cannot be snapshotted";
        assertThat(doctorCommand(hdfs.settings("d")))
                .contains("warning: hdfs importer: " + sentence
                        + ", so files may change while it is read: an administrator")
                .containsPattern("ok +snapshot\n")
                .contains("ok           first listing");
        assertThat(doctor(hdfs.settings("d", "consistency", "require-snapshot"))).last()
                .asString()
                .startsWith("snapshot: " + sentence);
        assertThat(doctor(hdfs.settings("d", "consistency", "live"))).last().isEqualTo("snapshot");
    }

    @Test
    void theDoctorSaysWhoMayMakeASnapshot() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        hdfs.files.createSnapshot(hdfs.at("d"), "monday");
        assertThat(doctor(hdfs.settings("d"))).last().isEqualTo("snapshot");
        assertThat(doctor(hdfs.settings("d", "user", "alice", "snapshot", "monday"))).last().isEqualTo("snapshot");
        assertThat(doctor(hdfs.settings("d", "user", "alice"))).last().isEqualTo("snapshot");
        assertThat(doctor(hdfs.settings("d", "user", "alice", "consistency", "require-snapshot"))).last()
                .asString()
                .startsWith("snapshot: alice may not make a snapshot of " + path("d"));
        assertThat(doctor(hdfs.settings("d", "snapshot", "tuesday"))).last()
                .asString()
                .contains("has no snapshot tuesday");
        assertThat(snapshots("d")).containsExactly("monday");
    }

    @Test
    void aBackupThatFailsLeavesNoSnapshot() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));

        assertThatThrownBy(() -> Taken.of(hdfs.settings("d"), _ -> {
            throw new IllegalStateException("the host is gone");
        })).hasMessageContaining("the host is gone");
        requireNothingLeft("d");
    }

    @Test
    void aCountWouldMakeASnapshotSoThereIsNone() throws Exception {
        try (Importer importer = Taken.importer(hdfs.settings("d"))) {
            assertThat(importer.flags()).containsExactly(LocationFlag.STREAM);
        }
    }

    @Test
    void whatAKilledBackupLeavesIsDeletedByTheNextOneOfTheMachine() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        kill("5m");
        assertThat(snapshots("d")).hasSize(1);

        try (BackupProcess next = BackupProcess.start(hdfs.settings("d"), state)) {
            next.awaitRecords();
            assertThat(snapshots("d")).hasSize(1);
            next.finish();
        }

        requireNothingLeft("d");
    }

    @Test
    void whatAKilledBackupLeavesIsDeletedFromAnywhereWhenItsLeaseIsOver() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("d"));
        hdfs.files.createSnapshot(hdfs.at("d"), "monday");
        kill("1s");
        Instant end = Instant.now().plusSeconds(2); // until then its time may not be over for as long as it was
        Map<String, String> elsewhere = hdfs.settings("d", "lease", "1s");
        assertThat(snapshots("d")).hasSize(2);

        boolean isOver = false;
        while (!isOver) {
            isOver = Instant.now().isAfter(end);
            Taken.of(elsewhere);
        }

        assertThat(snapshots("d")).containsExactly("monday");
        assertThat(hdfs.files.getXAttrs(hdfs.at("d"))).isEmpty();
    }

    private void kill(String lease) throws Exception {
        try (BackupProcess killed = BackupProcess.start(hdfs.settings("d", "lease", lease), state)) {
            killed.awaitRecords();
            killed.kill();
        }
    }
}
