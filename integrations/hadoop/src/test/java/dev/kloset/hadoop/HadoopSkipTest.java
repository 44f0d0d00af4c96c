package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSOutputStream;
import org.apache.hadoop.hdfs.client.HdfsDataOutputStream.SyncFlag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another backup reads again, and what it does not. */
class HadoopSkipTest {

    private Hdfs hdfs;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
        hdfs.write("file", "0123456789");
        hdfs.write("other", "stays");
        hdfs.files.setTimes(hdfs.at("file"), 1_000_000, -1);
        settings = hdfs.settings("", "consistency", "live");
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    /** Something that users do. */
    private interface Change {

        void make() throws Exception;
    }

    private String path(String name) {
        return hdfs.top + "/" + name;
    }

    private void requireRead(Change change, String content) throws Exception {
        Taken before = Taken.of(settings);
        change.make();
        Taken after = before.next(settings);

        assertThat(after.opened()).containsExactlyInAnyOrder(path("file"), Layout.POINT);
        assertThat(after.text(path("file"))).isEqualTo(content);
    }

    private void requireNothingRead(Change change) throws Exception {
        Taken before = Taken.of(settings);
        change.make();
        Taken after = before.next(settings);

        assertThat(after.opened()).containsExactly(Layout.POINT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "fast", "strict" })
    void anUnchangedTreeIsNotRead(String rule) throws Exception {
        settings.put("identity", rule);
        requireNothingRead(() -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = { "fast", "strict" })
    void appendedBytesAreRead(String rule) throws Exception {
        settings.put("identity", rule);
        requireRead(() -> hdfs.append("file", "more"), "0123456789more");
    }

    @ParameterizedTest
    @ValueSource(strings = { "fast", "strict" })
    void theVisibleBytesOfAnOpenFileAreRead(String rule) throws Exception {
        settings.put("identity", rule);
        FSDataOutputStream[] writer = new FSDataOutputStream[1];
        try {
            requireRead(() -> {
                writer[0] = openAndFlush();
                assertThat(hdfs.files.getFileStatus(hdfs.at("file")).getModificationTime()).isEqualTo(1_000_000);
            }, "0123456789more");
        } finally {
            writer[0].close();
        }
    }

    @Test
    void whoIsNoSuperuserSeesAnOpenFileWithAStrictRuleAlone() throws Exception {
        settings.put("user", "alice");
        try (FSDataOutputStream writer = openAndFlush()) {
            Taken taken = Taken.of(settings);
            assertThat(taken.text(path("file"))).as(taken.text(Layout.POINT)).isEqualTo("0123456789mo");
            settings.put("identity", "strict");
            assertThat(Taken.of(settings).text(path("file"))).isEqualTo("0123456789more");
            writer.writeBytes(".");
        }
    }

    /** The NameNode learns of the first flush in a block alone. */
    private FSDataOutputStream openAndFlush() throws IOException {
        FSDataOutputStream writer = hdfs.open("file");
        writer.writeBytes("mo");
        writer.hflush();
        writer.writeBytes("re");
        writer.hflush();
        return writer;
    }

    @Test
    void anOpenFileWhoseNewLengthIsKnownToTheNameNodeIsReadByEverybody() throws Exception {
        settings.put("user", "alice");
        FSDataOutputStream[] writer = new FSDataOutputStream[1];
        try {
            requireRead(() -> {
                writer[0] = openAndFlush();
                ((DFSOutputStream) writer[0].getWrappedStream())
                        .hsync(EnumSet.of(SyncFlag.UPDATE_LENGTH));
            }, "0123456789more");
        } finally {
            writer[0].close();
        }
    }

    @ParameterizedTest
    @CsvSource({ "strict,true", "fast,false" })
    void onlyAStrictRuleSeesOtherBytesOfTheSameLengthAndTime(String rule, boolean isSeen) throws Exception {
        settings.put("identity", rule);
        Change change = () -> {
            FileStatus before = hdfs.files.getFileStatus(hdfs.at("file"));
            boolean done = hdfs.files.truncate(hdfs.at("file"), 5);
            while (!done) {
                done = hdfs.files.isFileClosed(hdfs.at("file"));
            }
            hdfs.append("file", "abcde");
            hdfs.files.setTimes(hdfs.at("file"), before.getModificationTime(), -1);
        };
        if (isSeen) {
            requireRead(change, "01234abcde");
        } else {
            requireNothingRead(change);
        }
    }

    @Test
    void aFileThatWasWrittenOverIsRead() throws Exception {
        requireRead(() -> {
            hdfs.write("file", "9876543210");
            hdfs.files.setTimes(hdfs.at("file"), 1_000_000, -1);
        }, "9876543210");
    }

    @Test
    void aFileThatWasDeletedAndMadeAgainIsRead() throws Exception {
        requireRead(() -> {
            hdfs.files.delete(hdfs.at("file"), false);
            hdfs.write("file", "9876543210");
            hdfs.files.setTimes(hdfs.at("file"), 1_000_000, -1);
        }, "9876543210");
    }

    @Test
    void aFileThatComesBackFromTheTrashIsRead() throws Exception {
        requireRead(() -> {
            hdfs.files.rename(hdfs.at("file"), hdfs.at("trash"), Rename.OVERWRITE);
            hdfs.write("file", "9876543210");
            hdfs.files.setTimes(hdfs.at("file"), 1_000_000, -1);
        }, "9876543210", "trash");
        requireRead(() -> hdfs.files.rename(hdfs.at("trash"), hdfs.at("file"), Rename.OVERWRITE), "0123456789");
    }

    private void requireRead(Change change, String content, String other) throws Exception {
        Taken before = Taken.of(settings);
        change.make();
        Taken after = before.next(settings);

        assertThat(after.opened()).containsExactlyInAnyOrder(path("file"), path(other), Layout.POINT);
        assertThat(after.text(path("file"))).isEqualTo(content);
    }

    @Test
    void anotherListOrAttributeIsKeptWithoutReadingTheFile() throws Exception {
        Taken before = Taken.of(settings);
        hdfs.acl("other", "user::rw-,user:eve:r--,group::r--,mask::r--,other::r--");
        hdfs.xattr("file", "user.colour", "red");
        Taken after = before.next(settings);

        assertThat(after.opened()).containsExactlyInAnyOrder(path(Layout.metadata(0)), Layout.POINT);
        assertThat(after.metadata(hdfs.top)).containsOnlyKeys("file", "other");
    }

    @Test
    void anotherModeMakesTheFileLookChanged() throws Exception {
        requireRead(() -> hdfs.files.setPermission(hdfs.at("file"), new FsPermission((short) 0600)), "0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = { "fast", "strict" })
    void anotherSnapshotOfTheSameIsNotRead(String rule) throws Exception {
        hdfs.files.allowSnapshot(hdfs.at(""));
        settings = new TreeMap<>(hdfs.settings("", "identity", rule));
        Taken first = Taken.of(settings);
        Taken second = first.next(settings);

        assertThat(second.opened()).containsExactly(Layout.POINT);
        assertThat(second.info(hdfs.top)).isEqualTo(first.info(hdfs.top));
        assertThat(second.info(path("file")).ino()).isEqualTo(first.info(path("file")).ino()).isPositive();
        settings.put("consistency", "live");
        assertThat(second.next(settings).opened()).containsExactly(Layout.POINT);
    }

    @Test
    void aRenamedDirectoryKeepsTheNumbersOfItsFiles() throws Exception {
        hdfs.write("d/x", "1");
        Taken before = Taken.of(settings);
        hdfs.files.rename(hdfs.at("d"), hdfs.at("e"));

        assertThat(before.next(settings).info(path("e/x"))).isEqualTo(before.info(path("d/x")));
    }
}
