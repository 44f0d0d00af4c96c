package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.util.Map;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas, which a user must ask for. */
class HadoopQuotaTest {

    private static final long NONE = HdfsConstants.QUOTA_DONT_SET;

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    private String path(String relative) {
        return hdfs.top + "/" + relative;
    }

    private String quota(String relative) throws Exception {
        QuotaUsage usage = hdfs.files.getQuotaUsage(hdfs.at(relative));
        return usage.getQuota() + " names, " + usage.getSpaceQuota() + " bytes";
    }

    private void makeTree() throws Exception {
        for (String directory : new String[]{ "both", "names", "bytes", "none", "zero" }) {
            hdfs.mkdirs("source/" + directory);
        }
        hdfs.write("source/names/file", "as full as it may be");
        hdfs.write("source/both/file", "x");
        hdfs.files.setQuota(hdfs.at("source/both"), 100, 1 << 30);
        hdfs.files.setQuota(hdfs.at("source/names"), 2, NONE);
        hdfs.files.setQuota(hdfs.at("source/bytes"), NONE, 1 << 29);
        hdfs.files.setQuota(hdfs.at("source/zero"), NONE, 0);
        hdfs.files.setQuota(hdfs.at("source"), 1000, NONE);
    }

    private void requireComesBack() throws Exception {
        Taken taken = Taken.of(hdfs.settings("source", "quotas", "true"));
        Restored.of(taken, path("source")).into(hdfs.settings("target"));
        assertThat(hdfs.view("target")).isEqualTo(hdfs.view("source"));
        for (String directory : new String[]{ "", "/both", "/names", "/bytes", "/none", "/zero" }) {
            assertThat(quota("target" + directory)).isEqualTo(quota("source" + directory));
        }
        assertThat(quota("target/names")).isEqualTo("2 names, -1 bytes");
        assertThat(quota("target/zero")).isEqualTo("-1 names, 0 bytes");
    }

    @Test
    void quotasComeBack() throws Exception {
        makeTree();
        requireComesBack();
    }

    @Test
    void quotasComeBackThroughASnapshot() throws Exception {
        makeTree();
        hdfs.files.allowSnapshot(hdfs.at("source"));
        requireComesBack();
    }

    @Test
    void withoutTheSettingThereAreNone() throws Exception {
        makeTree();

        Taken taken = Taken.of(hdfs.settings(""));

        assertThat(taken.metadata(path("source/both"))).isEmpty();
        assertThat(Taken.of(hdfs.settings("", "quotas", "true")).metadata(path("source/both"), Metadata.SELF))
                .satisfies(line -> {
                    assertThat(line.quota()).isEqualTo(100);
                    assertThat(line.spaceQuota()).isEqualTo(1 << 30);
                });
    }

    @Test
    void anOrdinaryUserGetsTheTreeWithoutQuotas() throws Exception {
        makeTree();
        hdfs.mkdirs("target");
        hdfs.files.setOwner(hdfs.at("target"), "carol", "users");
        Taken taken = Taken.of(hdfs.settings("source", "quotas", "true"));
        Map<String, String> asCarol = hdfs.settings("target", "user", "carol", "owner", "skip");
        Restored.of(taken, path("source")).into(asCarol);
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(hdfs.view(hdfs.at("source"), false));
        assertThat(quota("target/both")).isEqualTo("-1 names, -1 bytes");
    }
}
