package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A cluster of the oldest release that is tried, with {@code -Pfull}. */
@EnabledIfSystemProperty(named = "hadoop.oldest", matches = "true")
class HadoopOldestTest {

    @Test
    void aTreeAndARepositoryComeBack() throws Exception {
        try (MiniHdfs cluster = MiniHdfs.oldest(); Hdfs hdfs = Hdfs.of(cluster)) {
            tree(hdfs);
            repository(Stores.settings(cluster, "/repository"));
        }
    }

    private static void tree(Hdfs hdfs) throws Exception {
        for (int i = 0; i < 30; i++) {
            hdfs.write("source/d" + i % 4 + "/f" + i, "content " + i);
        }
        hdfs.xattr("source/d0/f0", "user.colour", "red");
        hdfs.acl("source/d1/f1", "user::rw-,user:eve:r--,group::---,mask::r--,other::---");
        hdfs.files.setOwner(hdfs.at("source/d2"), "alice", "staff");
        hdfs.files.setStoragePolicy(hdfs.at("source/d3"), "WARM");
        hdfs.files.allowSnapshot(hdfs.at("source"));
        Map<String, String> settings = hdfs.settings("source", "consistency", "require-snapshot", "identity", "strict");

        Taken taken = Taken.of(settings);
        assertThat(taken.errors()).isEmpty();
        assertThat(PointFile.read(taken.bytes(Layout.POINT)).snapshot()).startsWith("kloset_");
        assertThat(taken.next(settings).opened()).containsExactly(Layout.POINT);
        assertThat(hdfs.files.listStatus(hdfs.at("source/.snapshot"))).isEmpty();
        Restored.of(taken, hdfs.top + "/source").into(hdfs.settings("target"));
        assertThat(hdfs.view("target")).hasSize(34).isEqualTo(hdfs.view("source"));
    }

    private static void repository(Map<String, String> settings) throws Exception {
        try (Store store = Stores.open(settings)) {
            assertThat(Doctor.steps(store)).isEqualTo(
                    List.of("name", "port", "login", "answer", "safe mode", "writing"));
            store.create(new byte[]{ 1 });
            for (int i = 0; i < 10; i++) {
                TestObject.put(store, TestObject.mac(i));
            }
            TestObject.requireWhole(store);
            store.delete(StorageResource.PACKFILE, TestObject.mac(3));
            assertThat(store.list(StorageResource.PACKFILE)).hasSize(9).doesNotContain(TestObject.mac(3));
        }
    }
}
