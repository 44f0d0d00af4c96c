package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A cluster of HDFS with three DataNodes on loopback, and its superuser, until it is closed. */
final class HdfsCluster implements AutoCloseable {

    static final String REPLICATION = "1";

    private static final Map<String, String> CLIENT = Map.of("dfs.replication", REPLICATION,
            "dfs.client.block.write.replace-datanode-on-failure.enable", "false",
            "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "20");
    private static final Map<String, String> SERVERS = Map.of("dfs.replication", REPLICATION, "kloset.datanodes", "3",
            "dfs.namenode.redundancy.interval.seconds", "1s", "hadoop.prometheus.endpoint.enabled", "true");

    private final Programs programs;
    private final Path directory;
    private final ObedientProcess servers;
    private final int port;
    private final int httpPort;
    private final ObedientProcess superuser;

    private HdfsCluster(Programs programs, Path directory, ObedientProcess servers) throws IOException {
        String[] ready = servers.answer().split(" ", -1);
        this.programs = programs;
        this.directory = directory;
        this.servers = servers;
        this.port = Integer.parseInt(ready[1]);
        this.httpPort = Integer.parseInt(ready[2]);
        this.superuser = ObedientProcess.start(programs.superuser(directory, location("")),
                directory.resolve("superuser.log"));
        superuser.answer();
    }

    /** {@return a new cluster, whose data is in a new directory below {@code parent}} */
    static HdfsCluster start(Programs programs, Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "hdfs");
        Path properties = directory.resolve("properties");
        Properties all = new Properties();
        all.putAll(SERVERS);
        try (var out = Files.newBufferedWriter(properties)) {
            all.store(out, null);
        }
        HdfsCluster cluster = new HdfsCluster(programs, directory,
                ObedientProcess.start(programs.cluster(directory, properties), directory.resolve("cluster.log")));
        cluster.configure();
        return cluster;
    }

    private void configure() throws IOException {
        StringBuilder text = new StringBuilder("<configuration>\n").append(property("fs.defaultFS", location("")));
        CLIENT.forEach((name, value) -> text.append(property(name, value)));
        Files.createDirectories(conf());
        Files.writeString(conf().resolve("core-site.xml"), text.append("</configuration>\n"));
    }

    private static String property(String name, String value) {
        return "<property><name>" + name + "</name><value>" + value + "</value></property>\n";
    }

    Programs programs() {
        return programs;
    }

    /** {@return where the configuration of a client is} */
    Path conf() {
        return directory.resolve("conf");
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    String location(String path) {
        return "hdfs://" + host() + path;
    }

    /** {@return what the superuser answers to a command} */
    List<String> ask(String words) throws IOException {
        return List.of(superuser.command(words).split(" ", -1));
    }

    NameNodeCalls calls() throws IOException {
        return NameNodeCalls.of(httpPort);
    }

    @Override
    public void close() throws IOException {
        try (servers; superuser) {
            // The superuser ends first, then the cluster.
        }
        if (Files.exists(directory)) {
            Trees.delete(directory);
        }
    }
}
