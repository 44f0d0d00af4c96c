package dev.kloset.hadoop.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.testkit.fixtures.ReservedPorts;
import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of HDFS on free ports of loopback, in a directory of its own. Its superuser is the user of the tests.
 *
 * <p>The DataNodes share the NameNode's process, unless they are started to be killed.
 */
public final class MiniHdfs implements AutoCloseable {

    private static @Nullable MiniHdfs shared; // guarded by MiniHdfs.class

    private final String classPath;
    private final Path directory;
    private final ReservedPorts ports;
    private final Map<String, String> conf;
    private final List<ServerProcess> dataNodes = new ArrayList<>();
    private ServerProcess nameNode;

    private MiniHdfs(String classPath, Path directory, ReservedPorts ports, Map<String, String> conf,
            ServerProcess nameNode) {
        this.classPath = classPath;
        this.directory = directory;
        this.ports = ports;
        this.conf = conf;
        this.nameNode = nameNode;
    }

    /** {@return the cluster of this JVM, which lives as long} Tests have directories of their own. */
    public static synchronized MiniHdfs shared() throws IOException {
        MiniHdfs cluster = shared;
        if (cluster == null) {
            cluster = start(1, Map.of());
            shared = cluster;
        }
        return cluster;
    }

    /** {@return a running cluster with other properties} Without its jars the test is skipped, or fails if {@code servers.required} is true. */
    public static MiniHdfs start(int dataNodes, Map<String, String> more) throws IOException {
        return start("pom", System.getProperty("cluster.version", ClusterJars.VERSION), dataNodes, more);
    }

    /** {@return a running cluster of the oldest release that the tests know} */
    public static MiniHdfs oldest() throws IOException {
        return start("oldest", ClusterJars.OLDEST, 1, Map.of());
    }

    private static MiniHdfs start(String project, String version, int dataNodes, Map<String, String> more)
            throws IOException {
        String classPath = classPath(project, version);
        Path directory = Files.createTempDirectory("kloset-hadoop");
        ReservedPorts ports = ReservedPorts.reserve(2);
        Map<String, String> conf = new HashMap<>(Map.of("dfs.replication", Integer.toString(Math.max(1, dataNodes)),
                "kloset.datanodes", Integer.toString(dataNodes), "kloset.port", Integer.toString(ports.port(0)),
                "kloset.http.port", Integer.toString(ports.port(1)), "dfs.namenode.redundancy.interval.seconds", "1s"));
        conf.putAll(more);
        MiniHdfs cluster = new MiniHdfs(classPath, directory, ports, conf,
                ClusterProcess.start("cluster", classPath, directory, conf));
        cluster.nameNode.await(ClusterProcess.READY);
        return cluster;
    }

    /** {@return a running cluster of which each DataNode is a process of its own} */
    public static MiniHdfs startKillable(int dataNodes, Map<String, String> more) throws IOException {
        Map<String, String> conf = new HashMap<>(more);
        conf.put("dfs.replication", Integer.toString(dataNodes));
        MiniHdfs cluster = start(0, conf);
        for (int i = 0; i < dataNodes; i++) {
            cluster.dataNodes.add(cluster.dataNode(i));
        }
        cluster.awaitDataNodes(dataNodes);
        return cluster;
    }

    private ServerProcess dataNode(int number) throws IOException {
        Map<String, String> own = new HashMap<>(conf);
        own.put("fs.defaultFS", location());
        own.put("dfs.datanode.data.dir", directory.resolve("data" + number).toUri().toString());
        for (String service : List.of("address", "http.address", "ipc.address")) {
            own.put("dfs.datanode." + service, "127.0.0.1:0");
        }
        return ClusterProcess.start("datanode" + number, classPath, directory, own);
    }

    private static String classPath(String project, String version) throws IOException {
        try {
            Optional<String> jars = ClusterJars.classPath(project, version);
            assumeTrue(jars.isPresent() || Boolean.getBoolean("servers.required"),
                    "there is no HDFS: Maven fetches it with mvn -f integrations/hadoop/src/test/cluster/pom.xml"
                            + " dependency:build-classpath");
            return jars.orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String place() {
        // The principals of a NameNode have a name in them.
        String host = conf.containsKey("kloset.kerberos") ? "localhost" : "127.0.0.1";
        return host + ":";
    }

    /** {@return the file system, without a slash at its end} */
    public String location() {
        return "hdfs://" + place() + conf.get("kloset.port");
    }

    /** {@return the same over HTTP} */
    public String webLocation() {
        return "webhdfs://" + place() + conf.get("kloset.http.port");
    }

    /** {@return what a client needs as the setting {@code settings}} */
    public List<String> settings() {
        List<String> settings = new ArrayList<>(List.of("dfs.replication=" + conf.get("dfs.replication"),
                "dfs.client.block.write.replace-datanode-on-failure.enable=false"));
        if (conf.containsKey("kloset.kerberos")) {
            settings.addAll(List.of("dfs.namenode.kerberos.principal=hdfs/localhost@EXAMPLE.COM",
                    "dfs.data.transfer.protection=privacy"));
        }
        return settings;
    }

    /** {@return where the cluster has its keytabs and krb5.conf} */
    public Path directory() {
        return directory;
    }

    /** {@return a client as the superuser, which the caller closes} */
    public FileSystem admin() throws IOException {
        return FileSystem.newInstance(URI.create(location()), client());
    }

    /** {@return a client as a user, which the caller closes} */
    public FileSystem as(String user) throws IOException {
        try {
            return FileSystem.newInstance(URI.create(location()), client(), user);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Configuration client() {
        Configuration client = new HdfsConfiguration();
        for (String setting : settings()) {
            client.set(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return client;
    }

    /** Let the NameNode refuse changes, or take them again. */
    public void safeMode(boolean on) throws IOException {
        nameNode.command("safemode " + (on ? "on" : "off"), ClusterProcess.DONE);
    }

    /** Stop a DataNode: kill its process, if it has one of its own. */
    public void killDataNode(int number) throws IOException, InterruptedException {
        if (dataNodes.isEmpty()) {
            nameNode.command("stop " + number, ClusterProcess.DONE);
        } else {
            dataNodes.get(number).kill();
        }
    }

    /** Start it again. */
    public void reviveDataNode(int number) throws IOException {
        if (dataNodes.isEmpty()) {
            nameNode.command("start " + number, ClusterProcess.DONE);
        } else {
            dataNodes.set(number, dataNode(number));
            dataNodes.get(number).await(ClusterProcess.READY);
        }
    }

    /** Kill the NameNode, with the DataNodes in its process. */
    public void killNameNode() throws InterruptedException {
        nameNode.kill();
    }

    /** Start it again, on the same port, and wait until it answers. */
    public void reviveNameNode() throws IOException {
        nameNode = ClusterProcess.start("cluster", classPath, directory, conf);
        nameNode.await(ClusterProcess.READY);
    }

    private void awaitDataNodes(int count) throws IOException {
        for (ServerProcess dataNode : dataNodes) {
            dataNode.await(ClusterProcess.READY);
        }
        long start = System.nanoTime();
        try (FileSystem admin = admin()) {
            while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(10)) {
                if (((DistributedFileSystem) admin).getDataNodeStats(DatanodeReportType.LIVE).length >= count) {
                    return;
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("the DataNodes do not answer");
    }

    @Override
    public void close() {
        for (ServerProcess dataNode : dataNodes) {
            dataNode.close();
        }
        nameNode.close();
        ports.close();
    }
}
