package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Erasure-coded files, which need several DataNodes. */
class HadoopErasureTest {

    private static final String POLICY = "XOR-2-1-1024k";

    private static MiniHdfs cluster;
    private static Hdfs hdfs;

    @BeforeAll
    static void start() throws Exception {
        cluster = MiniHdfs.start(3, Map.of("dfs.replication", "1"));
        hdfs = Hdfs.of(cluster);
        hdfs.files.enableErasureCodingPolicy(POLICY);
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

    @Test
    void filesComeBackCodedAsTheyWere() throws Exception {
        hdfs.mkdirs("source/coded/below");
        hdfs.write("source/coded/before", "older than the policy");
        hdfs.files.setErasureCodingPolicy(hdfs.at("source/coded"), POLICY);
        hdfs.write("source/coded/-early", "comes before the policy in a restore");
        hdfs.write("source/coded/large", "0123456789abcdef".repeat(200_000));
        hdfs.write("source/coded/below/small", "x");
        hdfs.mkdirs("source/coded/plain");
        hdfs.files.setErasureCodingPolicy(hdfs.at("source/coded/plain"), Metadata.REPLICATED);
        hdfs.write("source/coded/plain/file", "replicated");

        Taken taken = Taken.of(hdfs.settings("source"));
        Restored.of(taken, hdfs.top + "/source").into(hdfs.settings("target"));
        Restored.of(taken, hdfs.top + "/source/coded/below").into(hdfs.settings("alone"));

        assertThat(taken.errors()).isEmpty();
        assertThat(hdfs.view("target")).hasSize(8).isEqualTo(hdfs.view("source"));
        assertThat(hdfs.view("alone")).isEqualTo(hdfs.view("source/coded/below"));
    }
}
