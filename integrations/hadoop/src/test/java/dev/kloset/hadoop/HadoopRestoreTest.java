package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a restore makes. */
class HadoopRestoreTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_500_000_000_123L);

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    private static FileRecord file(String path, String text) {
        return file(path, text, TIME);
    }

    private static FileRecord file(String path, String text, Instant time) {
        FileInfo info = FileInfo.builder(path.substring(path.lastIndexOf('/') + 1))
                .size(text.length())
                .mode(FileMode.regular(0640))
                .modTime(time)
                .build();
        return FileRecord.file(path, info, Content.of(text));
    }

    private void makeTree() throws Exception {
        hdfs.write("source/a/file", "one");
        hdfs.write("source/a/-early", "before the metadata");
        hdfs.write("source/a/b/deep", "two");
        hdfs.mkdirs("source/a/closed/empty");
        hdfs.files.setOwner(hdfs.at("source/a"), "alice", "staff");
        hdfs.files.setOwner(hdfs.at("source/a/file"), "bob", "users");
        hdfs.acl("source/a/file", "user::rw-,user:eve:r--,group::---,mask::r--,other::---");
        hdfs.acl("source/a/-early", "user::rw-,user:eve:rw-,group::r--,other::---");
        hdfs.acl("source/a", "user::rwx,user:eve:--x,group::r-x,other::---,default:user:eve:rwx");
        hdfs.xattr("source/a/file", "user.colour", "red");
        hdfs.xattr("source/a", "user.empty", "");
        hdfs.files.setStoragePolicy(hdfs.at("source/a/b"), "WARM");
        hdfs.files.setReplication(hdfs.at("source/a/b/deep"), (short) 2);
        hdfs.files.setPermission(hdfs.at("source/a/closed"), new FsPermission((short) 0));
        hdfs.files.setPermission(hdfs.at("source/a/b"), new FsPermission((short) 01777));
        hdfs.files.create(hdfs.at("source/a/blocks"), true, 4096, (short) 1, 1 << 20).close();
        for (String path : new String[]{ "a/file", "a/b/deep", "a/b", "a" }) {
            hdfs.files.setTimes(hdfs.at("source/" + path), TIME.toEpochMilli() + path.length(), -1);
        }
    }

    @Test
    void aTreeComesBackWithEverything() throws Exception {
        makeTree();

        Taken taken = Taken.of(hdfs.settings("source"));
        Restored.of(taken, hdfs.top + "/source").into(hdfs.settings("target"));

        assertThat(taken.errors()).isEmpty();
        assertThat(hdfs.view("target")).hasSize(8).isEqualTo(hdfs.view("source"));
    }

    @Test
    void aDirectoryAloneComesBackWithEverything() throws Exception {
        makeTree();

        Restored.of(Taken.of(hdfs.settings("source")), hdfs.top + "/source/a").into(hdfs.settings("target"));

        assertThat(hdfs.view("target")).isEqualTo(hdfs.view("source/a"));
        assertThat(hdfs.files.getXAttrs(hdfs.at("target"))).containsOnlyKeys("user.empty");
        assertThat(hdfs.files.getAclStatus(hdfs.at("target")))
                .isEqualTo(hdfs.files.getAclStatus(hdfs.at("source/a")));
        assertThat(hdfs.files.getFileStatus(hdfs.at("target")).getOwner()).isEqualTo("alice");
    }

    @Test
    void theSnapshotSaysWhichListsAFileHasAndNotTheDirectoryItComesInto() throws Exception {
        hdfs.write("source/d/plain", "1");
        hdfs.mkdirs("target/d");
        hdfs.acl("target/d", "user::rwx,group::r-x,other::r-x,default:user:eve:rwx");
        hdfs.mkdirs("lent");
        hdfs.acl("lent", "user::rwx,group::r-x,other::r-x,default:user:eve:rwx");
        Taken taken = Taken.of(hdfs.settings("source"));

        Restored.of(taken, hdfs.top + "/source").into(hdfs.settings("target"));
        Restored.of(taken, hdfs.top + "/source").into(hdfs.settings("lent/new"));

        assertThat(hdfs.files.getAclStatus(hdfs.at("target/d/plain")).getEntries()).isEmpty();
        assertThat(hdfs.view("lent/new")).isEqualTo(hdfs.view("source"));
    }

    @Test
    void overwriteSaysWhatHappensToFilesThatExist() throws Exception {
        hdfs.write("target/file", "old");
        hdfs.files.setTimes(hdfs.at("target/file"), TIME.toEpochMilli(), -1);
        Restored same = Restored.nothing().put(file("/file", "same"));
        Restored newer = Restored.nothing().put(file("/file", "newer", TIME.plusMillis(1)));

        newer.into(hdfs.settings("target", "overwrite", "never"));
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/file", "old"));
        same.into(hdfs.settings("target", "overwrite", "newer"));
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/file", "old"));
        newer.into(hdfs.settings("target", "overwrite", "newer"));
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/file", "newer"));
        same.into(hdfs.settings("target"));
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/file", "same"));
    }

    @Test
    void ownersAreKeptMappedOrLeftAlone() throws Exception {
        FileRecord owned = file("/file", "x");
        Restored restored = Restored.nothing()
                .put(owned.withInfo(owned.info().toBuilder().username("alice").groupname("staff").build()));

        restored.into(hdfs.settings("kept"));
        restored.into(hdfs.settings("mapped", "owner", "map", "owner_map", "alice=bob,@staff=users"));
        restored.into(hdfs.settings("left", "owner", "skip"));

        assertThat(owner("kept/file")).isEqualTo("alice:staff");
        assertThat(owner("mapped/file")).isEqualTo("bob:users");
        assertThat(owner("left/file")).startsWith(System.getProperty("user.name") + ":");
    }

    private String owner(String path) throws Exception {
        var status = hdfs.files.getFileStatus(hdfs.at(path));
        return status.getOwner() + ":" + status.getGroup();
    }

    @Test
    void anOrdinaryUserGetsTheBytesAndASentenceAboutOwners() throws Exception {
        hdfs.mkdirs("target");
        hdfs.files.setOwner(hdfs.at("target"), "carol", "users");
        FileRecord owned = file("/file", "x");
        Restored restored = Restored.nothing()
                .put(owned.withInfo(owned.info().toBuilder().username("alice").build()));

        Map<String, String> errors = restored.errors(hdfs.settings("target", "user", "carol"));

        assertThat(errors).containsOnlyKeys("/file");
        assertThat(errors.get("/file")).contains("cannot restore " + hdfs.top + "/target/file on hdfs://",
                "it is restored, but cannot be given to alice", "owner=skip").doesNotContain("\tat ");
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/file", "x"));
        restored.into(hdfs.settings("target", "user", "carol", "owner", "skip"));
    }

    @Test
    void colonsAreRefusedOrEscaped() throws Exception {
        Restored restored = Restored.nothing().put(file("/a:b", "x")).put(file("/c", "y"));

        assertThat(restored.errors(hdfs.settings("target")).get("/a:b")).contains("colon=escape");
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/c", "y"));
        restored.into(hdfs.settings("target", "colon", "escape"));
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/a%3Ab", "x", "/c", "y"));
    }

    @Test
    void replicationIsTheSourcesOrTheUsers() throws Exception {
        hdfs.write("source/file", "x");
        hdfs.files.setReplication(hdfs.at("source/file"), (short) 2);
        Restored restored = Restored.of(Taken.of(hdfs.settings("source")), hdfs.top + "/source");

        restored.into(hdfs.settings("kept"));
        restored.into(hdfs.settings("three", "replication", "3"));

        assertThat(hdfs.files.getFileStatus(hdfs.at("kept/file")).getReplication()).isEqualTo((short) 2);
        assertThat(hdfs.files.getFileStatus(hdfs.at("three/file")).getReplication()).isEqualTo((short) 3);
    }

    @Test
    void aDirectoryInTheWayAndAFileInTheWayAreErrorsOfTheirRecords() throws Exception {
        hdfs.write("target/directory", "is a file");
        hdfs.write("target/file/x", "is in a directory");
        Restored restored = Restored.nothing()
                .put(FileRecord.of("/directory", FileInfo.directory("directory", TIME)))
                .put(file("/file", "x"))
                .put(file("/other", "y"));

        assertThat(restored.errors(hdfs.settings("target"))).containsOnlyKeys("/directory", "/file");
        assertThat(hdfs.view(hdfs.at("target"), false)).containsEntry("/other", "y")
                .containsEntry("/file/x", "is in a directory")
                .hasSize(4);
    }

    @Test
    void noTemporaryFileStaysWhenAContentFails() throws Exception {
        Restored restored = Restored.nothing()
                .put(file("/file", "x").withContent(() -> {
                    throw new java.io.IOException("broken off");
                }));

        assertThat(restored.errors(hdfs.settings("target")).get("/file")).contains("broken off");
        assertThat(hdfs.files.listStatus(hdfs.at("target"))).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeFinishedFailsTheRestore() throws Exception {
        hdfs.mkdirs("target");
        hdfs.files.setOwner(hdfs.at("target"), "carol", "users");
        FileInfo info = FileInfo.directory("d", TIME).toBuilder().username("alice").build();
        Restored restored = Restored.nothing().put(FileRecord.of("/d", info));

        assertThatThrownBy(() -> restored.into(hdfs.settings("target", "user", "carol")))
                .satisfies(e -> assertThat(Sentence.of(e)).contains("is not complete: 1 directory lacks",
                        "cannot finish " + hdfs.top + "/target/d"));
    }

    @Test
    void aTreeOfAnotherSourceIsRestored() throws Exception {
        Restored restored = Restored.nothing()
                .put(FileRecord.of("/d", FileInfo.directory("d", TIME)))
                .put(file("/d/file", "text"))
                .put(FileRecord.symlink("/link", FileInfo.builder("link").mode(FileMode.symlink()).build(), "d"));

        assertThat(restored.errors(hdfs.settings("target"))).containsOnlyKeys("/link");
        assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(Map.of("/d", "directory", "/d/file", "text"));
        assertThat(hdfs.files.getFileStatus(hdfs.at("target/d/file")).getModificationTime())
                .isEqualTo(TIME.toEpochMilli());
        assertThat(hdfs.files.getFileStatus(new Path(hdfs.at("target"), "d/file")).getPermission())
                .isEqualTo(new FsPermission((short) 0640));
    }
}
