package dev.kloset.hadoop.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A process of src/test/cluster/ClusterMain.java. It ends when the test's end of a pipe is closed: by the test, or with it. */
final class ServerProcess {

    private static final Path MAIN = ClusterJars.DIRECTORY.resolve("ClusterMain.java");
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx768m",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.log = log;
    }

    /** {@return a process that starts} See {@link #ready}. */
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
        command.addAll(List.of("-cp", classPath, MAIN.toString(), what.replaceAll("[0-9]", ""), directory.toString(),
                properties.toString()));
        Process process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
        return new ServerProcess(process, log);
    }

    /** {@return the two numbers that it says when it is ready: its ports} */
    int[] ready() throws IOException {
        String[] words = answer().split(" ", 3);
        return new int[]{ Integer.parseInt(words[1]), Integer.parseInt(words[2]) };
    }

    /** Let it do something, and wait until it has. */
    void command(String what) throws IOException {
        process.outputWriter(UTF_8).append(what).append('\n').flush();
        answer();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the cluster has ended: " + (Files.exists(log) ? Files.readString(log) : "no log"));
        }
        return line;
    }

    /** Kill it, with everything that it has begun. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Let it end in order, and remove its directory. */
    void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the cluster does not stop");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
