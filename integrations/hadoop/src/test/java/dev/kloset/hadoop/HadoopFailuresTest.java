package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorKind;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users read if something is wrong, from a store and from its doctor. */
class HadoopFailuresTest {

    private MiniHdfs cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = MiniHdfs.shared();
    }

    /** How a call has failed. */
    private record Failure(String sentence, ErrorKind kind) {}

    private static Failure failure(Map<String, String> settings) throws Exception {
        try (Store store = Stores.open(settings)) {
            store.create(new byte[1]);
            return new Failure("it works", ErrorKind.OTHER);
        } catch (IOException e) {
            return new Failure(Sentence.of(e), ErrorKind.of(e));
        }
    }

    private static List<String> doctor(Map<String, String> settings) throws Exception {
        try (Store store = Stores.open(settings)) {
            return Doctor.steps(store);
        }
    }

    @Test
    void aClusterThatIsWell() throws Exception {
        assertThat(doctor(Stores.settings(cluster, "/failures/well/below")))
                .containsExactly("name", "port", "login", "answer", "safe mode", "writing");
        try (FileSystem admin = cluster.admin()) {
            assertThat(admin.exists(new Path("/failures/well"))).isFalse();
        }
    }

    @Test
    void aDoctorLeavesNothingInARepository() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "/failures/repository");
        try (Store store = Stores.open(settings); FileSystem admin = cluster.admin()) {
            store.create(new byte[1]);
            assertThat(doctor(settings)).last().isEqualTo("writing");
            assertThat(admin.listStatus(new Path("/failures/repository/tmp"))).isEmpty();
        }
    }

    @Test
    void aHostThatIsUnknown() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "", "location", "hdfs://nosuch.invalid:8020/r");
        assertThat(failure(settings).sentence()).contains("unknown host or nameservice nosuch.invalid",
                "a nameservice needs conf_dir").doesNotContain("wiki", "java.");
        assertThat(failure(settings).kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(doctor(settings)).singleElement().asString().startsWith("name: ").contains("nosuch.invalid");
    }

    @Test
    void aPortThatNothingListensOn() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "", "location", "hdfs://127.0.0.1:1/r");
        settings.merge("settings", "ipc.client.connect.max.retries=0", (a, b) -> a + ", " + b);
        assertThat(failure(settings)).isEqualTo(new Failure("cannot make a repository at hdfs://127.0.0.1:1/r: "
                + "localhost:1 refuses the connection; check host and port", ErrorKind.TRANSIENT));
        assertThat(doctor(settings)).hasSize(2)
                .last()
                .asString()
                .startsWith("port: no NameNode answers: 127.0.0.1:1: ");
    }

    @Test
    void aPortThatSomethingElseListensOn() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "", "location",
                cluster.webLocation().replace("webhdfs", "hdfs") + "/r");
        assertThat(failure(settings).sentence()).contains("cannot make a repository at", "check the port")
                .doesNotContain("wiki", "java.");
    }

    @Test
    void aServerThatNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Stores.settings(cluster, "", "location",
                    "hdfs://127.0.0.1:" + silent.getLocalPort() + "/r", "timeout", "1s");
            assertThat(failure(settings).sentence()).contains("127.0.0.1:" + silent.getLocalPort(),
                    "did not answer in time").doesNotContain("wiki", "java.");
        }
    }

    @Test
    void aUserWithoutRights() throws Exception {
        try (FileSystem admin = cluster.admin()) {
            admin.mkdirs(new Path("/failures/closed"));
            admin.setPermission(new Path("/failures/closed"), new FsPermission("700"));
        }
        Map<String, String> settings = Stores.settings(cluster, "/failures/closed/r", "user", "alice");
        String owner = System.getProperty("user.name") + ":supergroup, drwx------)";
        assertThat(failure(settings)).isEqualTo(new Failure("cannot make a repository at " + cluster.location()
                + "/failures/closed/r: alice may not enter /failures/closed (" + owner, ErrorKind.PERMISSION));
        assertThat(doctor(settings)).last()
                .asString()
                .startsWith("writing: ")
                .contains("alice may not", "/failures/closed (" + owner);
    }

    @Test
    void aQuotaThatIsUsedUp() throws Exception {
        Map<String, String> settings = Stores.settings(cluster, "/failures/quota");
        try (FileSystem admin = cluster.admin(); Store store = Stores.open(settings)) {
            store.create(new byte[1]);
            ((DistributedFileSystem) admin).setQuota(new Path("/failures/quota"), 1000, 1 << 20);
            assertThat(putFailure(store)).contains("cannot store state", "the quota of /failures/quota",
                    "allows no more bytes").doesNotContain("org.apache");
        }
    }

    private static String putFailure(Store store) throws Exception {
        byte[] bytes = new byte[2 << 20];
        Arrays.fill(bytes, (byte) 1);
        try {
            store.put(StorageResource.STATE, TestObject.mac(1), new ByteArrayInputStream(bytes));
            return "it works";
        } catch (IOException e) {
            return Sentence.of(e);
        }
    }

    @Test
    void aNameNodeInSafeMode() throws Exception {
        try (MiniHdfs own = MiniHdfs.start(1, Map.of())) {
            Map<String, String> settings = Stores.settings(own, "/r");
            own.safeMode(true);
            Failure failure = failure(settings);
            assertThat(failure.sentence()).startsWith("cannot make a repository at " + own.location() + "/r: ")
                    .contains("the NameNode is in safe mode")
                    .doesNotContain("org.apache", "\tat");
            assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(doctor(settings)).last().asString().startsWith("safe mode: the NameNode of " + own.location());
            own.safeMode(false);
            assertThat(failure(settings).sentence()).isEqualTo("it works");
        }
    }

    @Test
    void aDirectoryWithErasureCoding() throws Exception {
        try (MiniHdfs own = MiniHdfs.start(3, Map.of()); FileSystem admin = own.admin()) {
            DistributedFileSystem hdfs = (DistributedFileSystem) admin;
            hdfs.enableErasureCodingPolicy("XOR-2-1-1024k");
            hdfs.mkdirs(new Path("/r"));
            hdfs.setErasureCodingPolicy(new Path("/r"), "XOR-2-1-1024k");
            assertThat(failure(Stores.settings(own, "/r")).sentence()).contains("erasure coding",
                    "set replication to a number");
            assertThat(failure(Stores.settings(own, "/r", "replication", "2")).sentence()).isEqualTo("it works");
            assertThat(hdfs.getFileStatus(new Path("/r/CONFIG")).getReplication()).isEqualTo((short) 2);
        }
    }

    @Test
    void aDataNodeThatIsGone() throws Exception {
        try (MiniHdfs own = MiniHdfs.start(1, Map.of())) {
            Map<String, String> settings = Stores.settings(own, "/r", "timeout", "5s");
            try (Store store = Stores.open(settings)) {
                store.create(new byte[1]);
                own.killDataNode(0);
                assertThat(putFailure(store)).contains("cannot store state").doesNotContain("\tat", "java.");
                own.reviveDataNode(0);
                assertThat(store.list(StorageResource.STATE)).isEmpty();
            }
        }
    }
}
