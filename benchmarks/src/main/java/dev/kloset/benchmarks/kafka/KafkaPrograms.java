package dev.kloset.benchmarks.kafka;

import dev.kloset.benchmarks.measure.Size;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs of Kafka, which the script lets Maven find, and how a Java program is started: in a process of its own, which ends with
 * this one.
 *
 * @param broker the class path of a broker and its tools
 * @param mirror the class path of MirrorMaker 2
 * @param options those of the JVMs of servers
 */
record KafkaPrograms(String broker, String mirror, List<String> options) {

    /** As Kafka's scripts start servers. */
    private static final List<String> USUAL = List.of("-XX:+UseG1GC");
    /** For work that is over before code is warm. */
    private static final List<String> SHORT = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    KafkaPrograms {
        options = List.copyOf(options);
    }

    /** {@return the programs, if the script has left both class paths in this directory} */
    static Optional<KafkaPrograms> in(Path directory, Size size) throws IOException {
        Path broker = directory.resolve("kafka/broker.classpath");
        Path mirror = directory.resolve("kafka/mirror.classpath");
        return Files.exists(broker) && Files.exists(mirror)
                ? Optional.of(new KafkaPrograms(Files.readString(broker).strip(), Files.readString(mirror).strip(),
                        size == Size.SMOKE ? SHORT : USUAL))
                : Optional.empty();
    }

    /** {@return the command line of a Java program} */
    static List<String> java(String heap, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL",
                ProcessHandle.current().info().command().orElseThrow(), "-Xmx" + heap, "-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return the command line of a server in Java} */
    List<String> server(String heap, String classPath, String main, String argument) {
        List<String> command = java(heap, classPath, main, argument);
        command.addAll(command.indexOf("-cp"), options);
        return command;
    }

    /** Run a program to its end, which must be a good one, and {@return what it printed} */
    static String run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = start(command, log);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
        return Files.readString(log);
    }

    static Process start(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }
}
