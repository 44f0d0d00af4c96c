package dev.kloset.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.testkit.fixtures.MemorySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;

/** The files of a snapshot, to be changed as a test likes, and restored with the settings of a test. */
record SnapshotFiles(MemorySnapshot snapshot) {

    /** A snapshot without files. */
    SnapshotFiles() {
        this(new MemorySnapshot());
    }

    /** {@return a backup with these settings} */
    static SnapshotFiles of(Map<String, String> settings) throws Exception {
        SnapshotFiles files = new SnapshotFiles();
        try (Snapshot snapshot = Snapshot.take(settings)) {
            assertThat(snapshot.errors()).isEmpty();
            for (String path : snapshot.paths()) {
                if (snapshot.info(path).mode().isRegular()) {
                    files.files().put(path, snapshot.bytes(path));
                }
            }
        }
        return files;
    }

    /** {@return the contents by path, which may be changed} */
    SortedMap<String, byte[]> files() {
        return snapshot.files();
    }

    /** {@return a file that is there} */
    byte[] file(String pathname) {
        return snapshot.file(pathname);
    }

    /** Add a file. */
    void put(String pathname, String text) {
        snapshot.put(pathname, text);
    }

    /** {@return what a restore of only this directory brings} */
    SnapshotFiles below(String directory) {
        return new SnapshotFiles(snapshot.below(directory));
    }

    /**
     * {@return the errors of single records}
     *
     * @throws Exception if the restore as a whole fails
     */
    List<String> restore(Map<String, String> settings) throws Exception {
        List<String> failed = new ArrayList<>();
        restore(settings, failed);
        return failed;
    }

    /** Restore, with a list that gets the errors of single records. */
    void restore(Map<String, String> settings, List<String> failed) throws Exception {
        try (Exporter opened = open(settings)) {
            snapshot.restore(opened, failed);
        }
    }

    /** Restore for a host that has a file only when a gate is open. */
    void restore(Map<String, String> settings, String late, CountDownLatch gate) throws Exception {
        try (Exporter opened = open(settings)) {
            snapshot.restore(new LateFile(opened, late, gate), new ArrayList<>());
        }
    }

    private static Exporter open(Map<String, String> settings) throws Exception {
        Plugin.Registration exporter = KafkaPlugin.plugin().registrations(Plugin.Kind.EXPORTER).getFirst();
        ConnectorContext context = ConnectorContext.of("kafka", ConnectorConfig.of(settings),
                Options.builder().build());
        return exporter.exporter().orElseThrow().create(context);
    }
}
