package dev.kloset.benchmarks.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of Hadoop's programs, each of which has a JVM of its own.
 *
 * @param servers the class path of a cluster
 * @param client the class path of Hadoop's client and of distcp
 */
record Programs(String servers, String client) {

    private static final List<String> OPTIONS = List.of("--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final String NAMENODE_HEAP = "-Xmx2g";
    private static final String CLIENT_HEAP = "-Xmx1g";
    /** Hadoop would look every five seconds whether a job has ended, and do one piece of it at a time. */
    private static final List<String> COPIER = List.of("org.apache.hadoop.tools.DistCp",
            "-Dmapreduce.client.completion.pollinterval=50", "-Dmapreduce.client.progressmonitor.pollinterval=50",
            "-Dmapreduce.local.map.tasks.maximum=" + Runtime.getRuntime().availableProcessors());

    /** {@return the programs, if the script has found their jars: it writes class paths into {@code directory}} */
    static Optional<Programs> in(Path directory) throws IOException {
        Path servers = directory.resolve("servers.classpath");
        Path client = directory.resolve("client.classpath");
        return Files.exists(servers) && Files.exists(client)
                ? Optional.of(new Programs(Files.readString(servers).strip(), Files.readString(client).strip()))
                : Optional.empty();
    }

    /** {@return a cluster with these properties, whose data is in {@code directory}} */
    List<String> cluster(Path directory, Path properties) {
        return java(NAMENODE_HEAP, servers, directory, source("hadoop.cluster", "ClusterMain.java"), "cluster",
                directory.toString(), properties.toString());
    }

    /** {@return the superuser of the cluster} */
    List<String> superuser(Path directory, String cluster) {
        return java(CLIENT_HEAP, client, directory, source("hadoop.client", "HdfsMain.java"), cluster);
    }

    /** {@return {@code hdfs dfs} with these words, and the configuration in a directory} */
    List<String> shell(Path directory, Path conf, String... words) {
        return java(CLIENT_HEAP, conf + ":" + client, directory, "org.apache.hadoop.fs.FsShell", words);
    }

    /** {@return distcp with these words, in the process of a local runner} */
    List<String> copier(Path directory, Path conf, String... words) {
        List<String> all = java(CLIENT_HEAP, conf + ":" + client, directory, COPIER.getFirst());
        all.addAll(COPIER.subList(1, COPIER.size()));
        all.add("-Dhadoop.tmp.dir=" + directory.resolve("tmp"));
        all.addAll(List.of(words));
        return all;
    }

    private static String source(String property, String name) {
        return Path.of(System.getProperty(property)).resolve(name).toString();
    }

    private static List<String> java(String heap, String classPath, Path directory, String main, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(heap);
        command.addAll(OPTIONS);
        command.addAll(List.of("-Djava.io.tmpdir=" + directory, "-cp", classPath, main));
        command.addAll(List.of(words));
        return command;
    }
}
