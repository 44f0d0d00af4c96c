package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups while a writer makes, appends, renames and deletes: what is restored is what the snapshot had. */
class HadoopLiveTest {

    /** A sample of them in each build, {@code -Pfull} for all. */
    private static final int SEEDS = Integer.getInteger("hadoop.seeds", 3);

    private static MiniHdfs cluster;
    private static Hdfs hdfs;

    @BeforeAll
    static void start() throws Exception {
        cluster = MiniHdfs.start(1, Map.of("dfs.namenode.snapshot.capture.openfiles", "true"));
        hdfs = Hdfs.of(cluster);
    }

    @AfterAll
    static void stop() throws Exception {
        if (hdfs != null) {
            hdfs.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theRestoredTreeIsThatOfTheSnapshot(long seed) throws Exception {
        String source = "s" + seed;
        hdfs.mkdirs(source);
        hdfs.files.allowSnapshot(hdfs.at(source));
        SortedMap<String, String> expected = new TreeMap<>();
        Taken taken;
        try (Work work = Work.start(hdfs, source, seed)) {
            work.awaitMore(50);
            taken = Taken.of(hdfs.settings(source, "consistency", "require-snapshot"), record -> {
                if (record.pathname().equals("/")) {
                    look(source, expected);
                    work.awaitMore(20);
                }
            });
            work.awaitMore(1);
        }
        Restored.of(taken, hdfs.top + "/" + source).into(hdfs.settings("t" + seed));

        assertThat(taken.errors()).isEmpty();
        assertThat(expected).isNotEmpty();
        assertThat(hdfs.view(hdfs.at("t" + seed), false)).isEqualTo(expected);
        assertThat(hdfs.files.listStatus(hdfs.at(source + "/.snapshot"))).isEmpty();
    }

    private static void look(String source, SortedMap<String, String> expected) {
        try {
            FileStatus[] snapshots = hdfs.files.listStatus(hdfs.at(source + "/.snapshot"));
            assertThat(snapshots).hasSize(1);
            expected.putAll(hdfs.view(snapshots[0].getPath(), false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
