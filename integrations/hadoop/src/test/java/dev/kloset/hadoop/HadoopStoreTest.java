package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a repository on HDFS is like. */
class HadoopStoreTest {

    private static final byte[] CONFIG = { 1, 2, 3 };

    private MiniHdfs cluster;
    private FileSystem admin;
    private String root;
    private Map<String, String> settings;
    private Store store;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        cluster = MiniHdfs.shared();
        admin = cluster.admin();
        root = "/stores/" + test.getTestMethod().orElseThrow().getName();
        settings = Stores.settings(cluster, root);
        store = Stores.open(settings);
    }

    @AfterEach
    void stop() throws Exception {
        if (store != null) {
            store.close();
            admin.close();
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private byte[] read(StorageResource resource, ObjectMac mac, @Nullable Range range) throws Exception {
        try (InputStream in = store.get(resource, mac, range)) {
            return in.readAllBytes();
        }
    }

    private Path path(String name) {
        return new Path(root + "/" + name);
    }

    @Test
    void theLayoutIsThatOfDirectories() throws Exception {
        store.create(CONFIG);
        ObjectMac mac = TestObject.mac(1);
        store.put(StorageResource.PACKFILE, mac, stream(CONFIG));
        store.put(StorageResource.STATE, mac, stream(CONFIG));
        store.put(StorageResource.LOCK, mac, stream(CONFIG));

        assertThat(store.origin()).isEqualTo(cluster.location().substring("hdfs://".length()));
        assertThat(store.root()).isEqualTo(root);
        String bucket = mac.hex().substring(0, 2) + "/";
        for (String name : List.of("CONFIG", "packfiles/" + bucket + mac, "states/" + bucket + mac, "locks/" + mac)) {
            assertThat(admin.getFileStatus(path(name)).getLen()).as(name).isEqualTo(3);
        }
        assertThat(admin.listStatus(path("tmp"))).isEmpty();
        assertThat(store.size()).isEqualTo(12);
    }

    @Test
    void ofTwoThatMakeARepositoryAtOnceOneIsRefused() throws Exception {
        List<Callable<String>> makers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            byte[] own = { (byte) i };
            makers.add(() -> {
                try (Store maker = Stores.open(settings)) {
                    maker.create(own);
                    return "made " + own[0];
                } catch (IOException e) {
                    return Sentence.of(e);
                }
            });
        }
        List<String> results = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<String> result : threads.invokeAll(makers)) {
                results.add(result.get());
            }
        }
        assertThat(results).filteredOn(result -> result.startsWith("made")).containsExactly("made " + store.open()[0]);
        assertThat(results).filteredOn(result -> !result.startsWith("made"))
                .hasSize(7)
                .containsOnly("cannot make a repository at " + cluster.location() + root + ": there is one already");
    }

    @Test
    void aDirectoryWithSomethingElseIsLeftAlone() throws Exception {
        admin.create(path("letter")).close();
        assertThatThrownBy(() -> store.create(CONFIG)).satisfies(e -> assertThat(Sentence.of(e))
                .isEqualTo("cannot make a repository at " + cluster.location() + root
                        + ": the directory is not empty"));
        assertThat(admin.listStatus(path(""))).hasSize(1);
    }

    @Test
    void whereNoneIsItSaysSo() {
        String sentence = "no Kloset repository at " + cluster.location() + root + ": CONFIG is missing";
        assertThatThrownBy(() -> store.open()).hasMessage(sentence);
        assertThatThrownBy(() -> store.put(StorageResource.STATE, TestObject.mac(1), stream(CONFIG)))
                .satisfies(e -> assertThat(Sentence.of(e)).contains(sentence));
    }

    @Test
    void whatIsNotReadToItsEndIsNotPublished() throws Exception {
        store.create(CONFIG);
        ObjectMac mac = TestObject.mac(1);
        InputStream broken = new FilterInputStream(stream(new byte[1 << 20])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    throw new IOException("the host has gone");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> store.put(StorageResource.PACKFILE, mac, broken))
                .satisfies(
                        e -> assertThat(Sentence.of(e)).contains("cannot store packfile " + mac, "the host has gone"));
        assertThat(store.list(StorageResource.PACKFILE)).isEmpty();
        assertThat(admin.listStatus(path("tmp"))).isEmpty();
    }

    @Test
    void oldTemporariesOfOursAreSweptAndNoOthers() throws Exception {
        store.create(CONFIG);
        long old = Instant.now().minus(Duration.ofHours(25)).toEpochMilli();
        for (String name : List.of("tmp/kloset-old", "tmp/other-old", "tmp/kloset-young")) {
            admin.create(path(name)).close();
            if (name.endsWith("old")) {
                admin.setTimes(path(name), old, -1);
            }
        }
        store.put(StorageResource.STATE, TestObject.mac(1), stream(CONFIG));
        assertThat(Arrays.stream(admin.listStatus(path("tmp"))).map(status -> status.getPath().getName()))
                .containsExactlyInAnyOrder("other-old", "kloset-young");
    }

    @Test
    void onlyObjectsAreListed() throws Exception {
        store.create(CONFIG);
        List<ObjectMac> macs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            macs.add(TestObject.mac(i));
            store.put(StorageResource.PACKFILE, macs.getLast(), stream(CONFIG));
        }
        String hex = TestObject.mac(99).hex();
        admin.create(path("packfiles/" + hex.substring(0, 2) + "/" + hex + ".part")).close();
        admin.create(path("packfiles/" + hex)).close();
        admin.create(path("packfiles/zz/" + hex)).close();
        admin.mkdirs(path("locks/" + hex));
        assertThat(store.list(StorageResource.PACKFILE)).containsExactlyInAnyOrderElementsOf(macs);
        assertThat(store.list(StorageResource.LOCK)).isEmpty();
    }

    @Test
    void manyReadersOfManyObjectsGetTheirRanges() throws Exception {
        store.create(CONFIG);
        int objects = 90; // more than the store keeps open
        for (int i = 0; i < objects; i++) {
            store.put(StorageResource.PACKFILE, TestObject.mac(i), stream(content(i)));
        }
        List<Callable<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 4 * objects; i++) {
            int object = i % objects;
            int offset = i * 997 % 300_000;
            int length = i * 1013 % 300_000;
            readers.add(() -> {
                byte[] whole = content(object);
                int end = Math.min(whole.length, offset + length);
                byte[] wanted = offset >= end ? new byte[0] : Arrays.copyOfRange(whole, offset, end);
                assertThat(read(StorageResource.PACKFILE, TestObject.mac(object), new Range(offset, length)))
                        .isEqualTo(wanted);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(64)) {
            for (Future<Void> result : threads.invokeAll(readers)) {
                result.get();
            }
        }
    }

    private static byte[] content(int number) {
        byte[] bytes = new byte[200_000 + number];
        Arrays.fill(bytes, (byte) number);
        for (int i = 0; i < bytes.length; i += 100) {
            bytes[i] = (byte) (i / 100);
        }
        return bytes;
    }

    @Test
    void whatAnotherProcessReplacesOrRemovesIsSeen() throws Exception {
        store.create(CONFIG);
        ObjectMac mac = TestObject.mac(1);
        store.put(StorageResource.STATE, mac, stream(content(1)));
        assertThat(read(StorageResource.STATE, mac, new Range(0, 100))).hasSize(100);
        try (Store other = Stores.open(settings)) {
            other.put(StorageResource.LOCK, mac, stream(CONFIG));
            assertThat(store.list(StorageResource.LOCK)).containsExactly(mac);
            other.put(StorageResource.LOCK, mac, stream(new byte[]{ 9 }));
            assertThat(read(StorageResource.LOCK, mac, null)).containsExactly(9);
            other.delete(StorageResource.LOCK, mac);
            // As if it had come at once after the listing.
            assertThat(read(StorageResource.LOCK, mac, null)).isNotEmpty();
            assertThat(store.list(StorageResource.LOCK)).isEmpty();
            assertThatThrownBy(() -> read(StorageResource.LOCK, mac, null)).isInstanceOf(NoSuchFileException.class);
            other.delete(StorageResource.STATE, mac);
            other.delete(StorageResource.STATE, mac);
        }
        assertThatThrownBy(() -> read(StorageResource.STATE, mac, null)).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("state " + mac);
    }

    @Test
    void replicationIsWhatIsSet() throws Exception {
        store.create(CONFIG);
        try (Store twice = Stores.open(Stores.settings(cluster, root, "replication", "1", "settings",
                "dfs.replication=3"))) {
            twice.put(StorageResource.STATE, TestObject.mac(1), stream(CONFIG));
        }
        ObjectMac mac = TestObject.mac(1);
        Path state = path("states/" + mac.hex().substring(0, 2) + "/" + mac);
        assertThat(admin.getFileStatus(state).getReplication()).isEqualTo((short) 1);
    }

    @Test
    void throughAViewTheRepositoryIsWhereTheViewShowsIt() throws Exception {
        store.create(CONFIG);
        admin.mkdirs(new Path("/stores"));
        Map<String, String> view = Stores.settings(cluster, "", "location", "viewfs://views" + "/mnt"
                + root.substring("/stores".length()));
        view.merge("settings", "fs.viewfs.mounttable.views.link./mnt=" + cluster.location() + "/stores",
                (a, b) -> a + ", " + b);
        try (Store viewed = Stores.open(view)) {
            assertThat(viewed.origin()).isEqualTo("views");
            assertThat(viewed.open()).isEqualTo(CONFIG);
            ObjectMac mac = TestObject.mac(1);
            viewed.put(StorageResource.PACKFILE, mac, stream(content(1)));
            assertThat(read(StorageResource.PACKFILE, mac, null)).isEqualTo(content(1));
        }
    }

    @Test
    void anInterruptEndsAPut() throws Exception {
        store.create(CONFIG);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.put(StorageResource.PACKFILE, TestObject.mac(1), stream(content(1))))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(store.list(StorageResource.PACKFILE)).isEmpty();
        assertThat(admin.listStatus(path("tmp"))).isEmpty();
    }
}
