package dev.kloset.hadoop.servers;

import dev.kloset.testkit.fixtures.ServerProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Starts processes of src/test/cluster/ClusterMain.java, which remove their directory when they end in order. */
final class ClusterProcess {

    /** What it says when it serves. */
    static final String READY = "ready";

    /** What it says after each command. */
    static final String DONE = "done";

    private static final String MAIN = "ClusterMain";
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx768m",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private ClusterProcess() {}

    /** {@return a process that starts} Await {@link #READY}. */
    static ServerProcess start(String what, String classPath, Path directory, Map<String, String> conf)
            throws IOException {
        Path log = directory.resolve(what + ".log");
        Path properties = directory.resolve(what + ".properties");
        Properties all = new Properties();
        all.putAll(conf);
        try (var out = Files.newBufferedWriter(properties)) {
            all.store(out, null);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add("-Djava.io.tmpdir=" + directory);
        command.addAll(List.of("-cp", classPath, MAIN, what.replaceAll("[0-9]", ""), directory.toString(),
                properties.toString()));
        return ServerProcess.start("the cluster",
                new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())));
    }
}
