package dev.kloset.kafka.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Lets Maven find the jars of a broker, and fetch those that are not there. */
final class BrokerJars {

    static final String NEWEST = "4.4.0";
    static final String OLDEST = "4.3.1";

    private static final String POM = "broker.xml";

    private BrokerJars() {}

    /** {@return the class path of a broker of this version, unless there is none to be had} */
    static Optional<String> classPath(String version) throws IOException, InterruptedException {
        Optional<Path> found = SharedFiles.get(version + ".classpath",
                path -> resolve(version, path, "-o") || resolve(version, path));
        return found.isEmpty() ? Optional.empty() : Optional.of(Files.readString(found.get()).strip());
    }

    private static boolean resolve(String version, Path result, String... options)
            throws IOException, InterruptedException {
        Path pom = Path.of(result + ".pom");
        try (InputStream in = Objects.requireNonNull(BrokerJars.class.getResourceAsStream(POM), POM)) {
            Files.write(pom, in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-f", pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                "-Dmdep.outputFile=" + result, "-Dbroker.version=" + version));
        command.addAll(List.of(options));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        try {
            Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
            maven.getOutputStream().close();
            new String(maven.getInputStream().readAllBytes(), UTF_8).lines().forEach(BrokerJars::log);
            return maven.waitFor() == 0;
        } finally {
            Files.delete(pom);
        }
    }

    private static void log(String line) {
        System.getLogger(BrokerJars.class.getName()).log(System.Logger.Level.DEBUG, line);
    }
}
