package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same trees over HTTP, and through the mount table of a view. */
class HadoopViewTest {

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        hdfs.write("source/a/with space %41", "one");
        hdfs.acl("source/a/with space %41", "user::rw-,user:eve:r--,group::---,mask::r--,other::---");
        hdfs.xattr("source/a/with space %41", "user.colour", "red");
        hdfs.write("source/b", "two");
        hdfs.files.setStoragePolicy(hdfs.at("source/a"), "WARM");
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    @Test
    void aTreeIsBackedUpAndRestoredOverHttp() throws Exception {
        hdfs.files.allowSnapshot(hdfs.at("source"));
        String web = hdfs.cluster.webLocation();
        Map<String, String> settings = hdfs.settingsOf(web, "source", "consistency", "require-snapshot");
        String user = System.getProperty("user.name");
        settings.put("user", user);

        Taken taken = Taken.of(settings);
        Restored.of(taken, hdfs.top + "/source").into(hdfs.settingsOf(web, "target", "user", user));

        assertThat(taken.errors()).isEmpty();
        assertThat(hdfs.view("target")).hasSize(3).isEqualTo(hdfs.view("source"));
        assertThat(taken.next(settings).opened()).containsExactly(Layout.POINT);
        assertThat(hdfs.files.getXAttrs(hdfs.at("source"))).isEmpty();
        assertThat(hdfs.files.listStatus(hdfs.at("source/.snapshot"))).isEmpty();
    }

    private Map<String, String> view(String path, String... others) {
        Map<String, String> settings = new TreeMap<>(hdfs.settings("", others));
        settings.put("location", "viewfs://table" + path);
        String link = "fs.viewfs.mounttable.table.link.";
        settings.merge("settings",
                link + "/mnt/source=" + hdfs.cluster.location() + hdfs.top + "/source," + link + "/mnt/target="
                        + hdfs.cluster.location() + hdfs.top + "/target",
                (own, more) -> own + "," + more);
        return settings;
    }

    @Test
    void aTreeBehindAViewIsBackedUpAndRestored() throws Exception {
        hdfs.mkdirs("target");
        hdfs.files.allowSnapshot(hdfs.at("source"));

        Taken taken = Taken.of(view("/mnt/source", "consistency", "require-snapshot"));
        Restored.of(taken, "/mnt/source").into(view("/mnt/target"));

        assertThat(taken.errors()).isEmpty();
        assertThat(taken.paths()).contains("/mnt/source/a/with space %41");
        assertThat(hdfs.view("target")).hasSize(3).isEqualTo(hdfs.view("source"));
        assertThat(taken.next(view("/mnt/source")).opened()).containsExactly(Layout.POINT);
    }

    @Test
    void allMountPointsOfAViewAreBackedUp() throws Exception {
        hdfs.write("target/c", "three");
        hdfs.files.allowSnapshot(hdfs.at("source"));

        Taken taken = Taken.of(view("/"));

        assertThat(taken.errors()).isEmpty();
        assertThat(taken.text("/mnt/source/b")).isEqualTo("two");
        assertThat(taken.text("/mnt/target/c")).isEqualTo("three");
        assertThat(PointFile.read(taken.bytes(Layout.POINT)).directories()).containsExactly(hdfs.top + "/source");
        assertThatThrownBy(() -> Taken.of(view("/", "consistency", "require-snapshot")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("-allowSnapshot " + hdfs.top + "/target"));
    }
}
