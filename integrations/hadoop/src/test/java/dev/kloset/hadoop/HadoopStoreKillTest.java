package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever dies during puts, each object is whole or absent, and each that was acknowledged is there. */
class HadoopStoreKillTest {

    private static final int KILLS = Integer.getInteger("hadoop.kills", 5);

    private static MiniHdfs cluster;

    @BeforeAll
    static void start() throws Exception {
        // The NameNode soon knows that a DataNode is gone.
        cluster = MiniHdfs.startKillable(3,
                Map.of("dfs.heartbeat.interval", "1s", "dfs.namenode.heartbeat.recheck-interval", "1000",
                        "dfs.replication.min", "1"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Store repository(Map<String, String> settings) throws Exception {
        Store store = Stores.open(settings);
        store.create(new byte[]{ 1 });
        return store;
    }

    @Test
    void aKilledClientLeavesNothingHalf() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "/client");
        List<ObjectMac> acknowledged = new ArrayList<>();
        try (Store store = repository(settings)) {
            for (int i = 0; i < KILLS; i++) {
                Putter putter = Putter.start(settings, 1000L * i, 1000);
                putter.await(2 + i);
                putter.kill();
                acknowledged.addAll(putter.put());
            }
            assertThat(store.list(StorageResource.PACKFILE)).containsAll(acknowledged);
            TestObject.requireWhole(store);
        }
    }

    @Test
    void aKilledDataNodeLosesNothing() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "/datanode", "timeout", "20s");
        try (Store store = repository(settings)) {
            Putter putter = Putter.start(settings, 50_000, 60);
            putter.await(10);
            cluster.killDataNode(0);
            assertThat(putter.end()).isZero();
            assertThat(putter.put()).hasSize(60);
            assertThat(store.list(StorageResource.PACKFILE)).containsExactlyInAnyOrderElementsOf(putter.put());
            TestObject.requireWhole(store);
        } finally {
            cluster.reviveDataNode(0);
        }
    }

    @Test
    void eightWritersAtOnceOfWhichHalfDie() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "/eight");
        List<ObjectMac> acknowledged = new ArrayList<>();
        try (Store store = repository(settings)) {
            List<Putter> putters = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                putters.add(Putter.start(settings, 100_000 + 1000L * i, i % 2 == 0 ? 12 : 1000));
            }
            for (int i = 1; i < 8; i += 2) {
                putters.get(i).await(3);
                putters.get(i).kill();
                acknowledged.addAll(putters.get(i).put());
            }
            for (int i = 0; i < 8; i += 2) {
                assertThat(putters.get(i).end()).isZero();
                assertThat(putters.get(i).put()).hasSize(12);
                acknowledged.addAll(putters.get(i).put());
            }
            assertThat(store.list(StorageResource.PACKFILE)).containsAll(acknowledged);
            TestObject.requireWhole(store);
        }
    }
}
