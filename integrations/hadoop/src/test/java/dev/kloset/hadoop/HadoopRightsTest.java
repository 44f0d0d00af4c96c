package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user who may not read everything. */
class HadoopRightsTest {

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        for (int i = 0; i < 10; i++) {
            hdfs.write("d" + i + "/file", "content " + i);
        }
        hdfs.files.setPermission(hdfs.at("d5"), new FsPermission((short) 0700));
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    private String path(String relative) {
        return hdfs.top + "/" + relative;
    }

    @Test
    void aForbiddenDirectoryIsOneErrorInOneSentenceAndNothingElseIsLost() throws Exception {
        Taken taken = Taken.of(hdfs.settings("", "user", "alice"));

        assertThat(taken.errors()).containsOnlyKeys(path("d5"));
        assertThat(taken.errors().get(path("d5"))).isEqualTo("cannot list " + path("d5") + " on "
                + hdfs.cluster.location() + ": alice may not read " + path("d5") + " ("
                + System.getProperty("user.name") + ":supergroup, drwx------)");
        for (int i = 0; i < 10; i++) {
            if (i != 5) {
                assertThat(taken.text(path("d" + i + "/file"))).isEqualTo("content " + i);
            }
        }
    }

    @Test
    void aForbiddenFileIsOneError() throws Exception {
        hdfs.files.setPermission(hdfs.at("d1/file"), new FsPermission((short) 0600));
        hdfs.xattr("d1/file", "user.a", "b");

        for (String xattrs : new String[]{ "true", "false" }) {
            Taken taken = Taken.of(hdfs.settings("", "user", "alice", "xattrs", xattrs));

            assertThat(taken.errors()).containsOnlyKeys(path("d5"), path("d1/file"));
            assertThat(taken.errors().get(path("d1/file"))).startsWith("cannot read " + path("d1/file") + " on ")
                    .contains("alice may not read")
                    .doesNotContain("\tat ");
            assertThat(taken.paths()).contains(path("d1"), path("d2/file"), Layout.POINT);
        }
    }

    @Test
    void aDirectoryThatIsNotThereFailsTheBackup() {
        assertThatThrownBy(() -> Taken.of(hdfs.settings("nothing")))
                .satisfies(e -> assertThat(Sentence.of(e)).startsWith("cannot back up " + path("nothing") + " on hdfs:")
                        .doesNotContain("\tat "));
    }

    @Test
    void aForbiddenRootIsAnErrorToo() throws Exception {
        Taken taken = Taken.of(hdfs.settings("d5", "user", "alice"));

        assertThat(taken.errors()).containsOnlyKeys(path("d5"));
    }
}
