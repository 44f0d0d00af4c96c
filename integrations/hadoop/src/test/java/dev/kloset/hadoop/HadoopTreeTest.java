package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in a backup of a tree. */
class HadoopTreeTest {

    private static final List<String> ODD = List.of("with space", "%41", "#hash", "line\nend", "é€😀", "star*?[a]",
            "-x",
            "back\\slash", "{a,b}", "~", "_SUCCESS", ".hidden", "...", "a+b");

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

    @Test
    void filesHaveTheirRealPathsAndNoNumbersOfUsers() throws Exception {
        hdfs.write("d/file", "content");
        hdfs.files.setOwner(hdfs.at("d/file"), "alice", "staff");
        hdfs.files.setPermission(hdfs.at("d/file"), new FsPermission((short) 0640));
        hdfs.files.setPermission(hdfs.at("d"), new FsPermission((short) 01777));
        hdfs.files.setTimes(hdfs.at("d/file"), 1_234_567_890_123L, -1);
        hdfs.files.allowSnapshot(hdfs.at(""));

        Taken taken = Taken.of(hdfs.settings(""));

        assertThat(taken.errors()).isEmpty();
        assertThat(taken.paths()).containsExactlyInAnyOrder("/", hdfs.top, path("d"), path("d/file"), Layout.POINT);
        assertThat(taken.text(path("d/file"))).isEqualTo("content");
        assertThat(taken.info(path("d/file"))).satisfies(info -> {
            assertThat(info.username() + ":" + info.groupname()).isEqualTo("alice:staff");
            assertThat(info.uid() + " " + info.gid() + " " + info.nlink()).isEqualTo("0 0 1");
            assertThat(info.mode()).hasToString("-rw-r-----");
            assertThat(info.modTime().toEpochMilli()).isEqualTo(1_234_567_890_123L);
        });
        assertThat(taken.info(path("d")).mode()).hasToString("drwxrwxrwt");
    }

    @Test
    void anyNameIsBackedUpAndRestored() throws Exception {
        for (String name : ODD) {
            hdfs.write("source/" + name, name);
            hdfs.write("source/d" + name + "/" + name, name);
        }

        Taken taken = Taken.of(hdfs.settings("source"));
        Restored.of(taken, path("source")).into(hdfs.settings("target"));

        assertThat(taken.errors()).isEmpty();
        assertThat(hdfs.view("target")).hasSize(3 * ODD.size()).isEqualTo(hdfs.view("source"));
    }

    @Test
    void whatOnlyHdfsKnowsIsInAFileOfEachDirectoryThatHasAny() throws Exception {
        hdfs.write("d/plain", "");
        hdfs.write("d/sub/x", "");
        hdfs.write("e/plain", "");
        hdfs.acl("d/plain", "user::rw-,user:eve:r--,group::r--,mask::r--,other::---");
        hdfs.xattr("d/plain", "user.colour", "red");
        hdfs.acl("d", "user::rwx,group::r-x,other::r-x,default:user:eve:rwx");
        hdfs.files.setStoragePolicy(hdfs.at("d/sub"), "WARM");
        hdfs.files.setReplication(hdfs.at("d/sub/x"), (short) 2);

        Taken taken = Taken.of(hdfs.settings("", "quotas", "true"));

        assertThat(taken.paths()).doesNotContain(path("e/" + Layout.metadata(0)));
        assertThat(taken.metadata(path("d"))).containsOnlyKeys(Metadata.SELF, "plain");
        assertThat(taken.metadata(path("d"), "plain")).satisfies(line -> {
            assertThat(line.acl()).contains("user:eve:r--");
            assertThat(line.xattrs()).isEqualTo(Map.of("user.colour", "cmVk"));
        });
        assertThat(taken.metadata(path("d"), Metadata.SELF).acl()).contains("default:user:eve:rwx");
        assertThat(taken.metadata(path("d/sub"), Metadata.SELF).storagePolicy()).isEqualTo("WARM");
        assertThat(taken.metadata(path("d/sub"), "x").replication()).isEqualTo(2);
        assertThat(taken.xattrs(path("d/plain"))).isEqualTo(Map.of("user.colour", "red"));
        assertThat(taken.record(path("d/plain")).xattrNames()).containsExactly("user.colour");
    }

    @Test
    void aLargeDirectoryHasSeveralFilesOfMetadataAndComesBackWhole() throws Exception {
        for (int i = 0; i < 1100; i++) {
            hdfs.files.create(hdfs.at("source/f" + i)).close();
            if (i % 2 == 0) {
                hdfs.xattr("source/f" + i, "user.n", "v" + i);
            }
        }

        Taken taken = Taken.of(hdfs.settings("source"));
        Restored.of(taken, path("source")).into(hdfs.settings("target"));

        assertThat(taken.paths()).contains(path("source/" + Layout.metadata(2)))
                .doesNotContain(path("source/" + Layout.metadata(3)));
        assertThat(hdfs.view("target")).hasSize(1100).isEqualTo(hdfs.view("source"));
    }

    @Test
    void ourNamesAreErrorsAndLeftoversOfRestoresAreLeftOut() throws Exception {
        hdfs.write("._kloset.jsonl", "not ours");
        hdfs.write(Layout.temporary(), "half");
        hdfs.write("file", "x");

        Taken taken = Taken.of(hdfs.settings(""));

        assertThat(taken.errors()).containsOnlyKeys(path("._kloset.jsonl"));
        assertThat(taken.errors().get(path("._kloset.jsonl"))).contains("names that begin with ._kloset");
        assertThat(taken.paths()).containsExactlyInAnyOrder("/", hdfs.top, path("file"), Layout.POINT);
    }

    @Test
    void excludedDirectoriesAreNotListed() throws Exception {
        hdfs.write("keep/x", "");
        hdfs.write("skip/x", "");
        hdfs.write("keep/b.tmp", "");

        assertThat(Taken.of(hdfs.settings(""), "skip", "*.tmp").paths()).contains(path("keep/x"))
                .doesNotContain(path("skip"), path("skip/x"), path("keep/b.tmp"));
    }

    @Test
    void aSingleFileCanBeBackedUp() throws Exception {
        hdfs.write("d/one", "1");
        hdfs.write("d/two", "2");

        Taken taken = Taken.of(hdfs.settings("d/one"));

        assertThat(taken.paths()).containsExactlyInAnyOrder("/", hdfs.top, path("d"), path("d/one"), Layout.POINT);
        assertThat(taken.text(path("d/one"))).isEqualTo("1");
    }

    @Test
    void thePointSaysWhatWasRead() throws Exception {
        hdfs.write("file", "1");
        hdfs.files.allowSnapshot(hdfs.at(""));

        PointFile live = PointFile.read(Taken.of(hdfs.settings("", "consistency", "live")).bytes(Layout.POINT));
        PointFile held = PointFile.read(Taken.of(hdfs.settings("")).bytes(Layout.POINT));

        assertThat(live.snapshot()).isEmpty();
        assertThat(held.snapshot()).startsWith("kloset_");
        assertThat(held.directories()).containsExactly(hdfs.top);
        assertThat(held.cluster()).isEqualTo(hdfs.cluster.location());
    }

    @Test
    void aSplitHasEachFileOnceAndAllPartsTogetherMakeTheTree() throws Exception {
        for (int i = 0; i < 60; i++) {
            hdfs.write("source/d" + i % 7 + "/f" + i, "content " + i);
            hdfs.xattr("source/d" + i % 7 + "/f" + i, "user.n", "v" + i);
        }
        hdfs.mkdirs("source/empty");
        hdfs.files.allowSnapshot(hdfs.at("source"));
        hdfs.files.createSnapshot(hdfs.at("source"), "shared");

        Set<String> seen = new HashSet<>();
        for (int part = 1; part <= 3; part++) {
            Map<String, String> settings = hdfs.settings("source", "split", part + "/3", "snapshot", "shared");
            Taken taken = Taken.of(settings);
            Set<String> files = new HashSet<>(taken.paths());
            files.removeIf(path -> !path.contains("/f"));
            assertThat(files).isNotEmpty().allMatch(seen::add);
            assertThat(taken.next(settings).opened()).containsExactly(Layout.POINT);
            assertThat(Taken.importer(settings).origin()).endsWith("#" + part + "-of-3");
            Restored.of(taken, path("source")).into(hdfs.settings("target"));
        }

        assertThat(seen).hasSize(60);
        assertThat(hdfs.view("target")).isEqualTo(hdfs.view("source"));
        assertThat(new String(hdfs.files.getXAttr(hdfs.at("target/d0/f0"), "user.n"), UTF_8)).isEqualTo("v0");
    }
}
