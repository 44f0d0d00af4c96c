package dev.kloset.hadoop.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets Maven find the jars of a cluster, and fetch those that are not there. */
final class ClusterJars {

    static final String VERSION = "3.5.0";
    static final String OLDEST = "3.4.3";

    /** Where the source of the cluster is; other modules name it. */
    static final Path DIRECTORY = Path.of(System.getProperty("hadoop.cluster", "src/test/cluster"));

    private static final Path RESULTS = Path.of("target", "cluster");

    private ClusterJars() {}

    /** {@return the class path of a cluster of this version, with ours at its end, unless there is none to be had} */
    static synchronized Optional<String> classPath(String project, String version)
            throws IOException, InterruptedException {
        Optional<String> jars = classPath(DIRECTORY.resolve(project + ".xml"), version);
        if (jars.isEmpty()) {
            return jars;
        }
        try (FileChannel _ = lock()) {
            return Optional
                    .of(jars.get() + File.pathSeparator + ClusterClasses.compiled(RESULTS, version, jars.get()));
        }
    }

    /** {@return the class path of a project, which has a property for the version of a cluster} */
    static synchronized Optional<String> classPath(Path pom, String version)
            throws IOException, InterruptedException {
        Path result = RESULTS.resolve(version + ".classpath");
        Files.createDirectories(RESULTS);
        try (FileChannel _ = lock()) {
            for (List<String> online : List.of(List.of("-o"), List.<String>of())) {
                if (Files.exists(result) || resolve(pom, version, result, online)) {
                    return Optional.of(Files.readString(result).strip());
                }
            }
            return Optional.empty();
        }
    }

    /** {@return a channel with a lock, which other JVMs wait for: test classes run in several} Its end frees the lock. */
    private static FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(RESULTS.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    private static boolean resolve(Path pom, String version, Path result, List<String> online)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-f", pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                "-Dmdep.outputFile=" + result.toAbsolutePath() + ".new", "-Dcluster.version=" + version));
        command.addAll(online);
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
        maven.getOutputStream().close();
        new String(maven.getInputStream().readAllBytes(), UTF_8).lines().forEach(ClusterJars::log);
        if (maven.waitFor() != 0) {
            return false;
        }
        Files.move(Path.of(result.toAbsolutePath() + ".new"), result);
        return true;
    }

    private static void log(String line) {
        System.getLogger(ClusterJars.class.getName()).log(System.Logger.Level.DEBUG, line);
    }
}
