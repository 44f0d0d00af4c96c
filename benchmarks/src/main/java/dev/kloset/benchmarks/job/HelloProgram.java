package dev.kloset.benchmarks.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link HelloWorld} on the Java of a package, with the options of the package's launcher and a start-up cache of its own. */
final class HelloProgram {

    private static final Pattern OPTIONS = Pattern.compile("(?s)\noptions='([^']*)'");

    private final List<String> java;
    private final Path jar;
    private final Path cache;

    private HelloProgram(List<String> java, Path jar, Path cache) {
        this.java = java;
        this.jar = jar;
        this.cache = cache;
    }

    static HelloProgram make(Path image, Path launcher, Path directory) throws IOException, InterruptedException {
        Matcher options = OPTIONS.matcher(Files.readString(launcher));
        if (!options.find()) {
            throw new IOException(
                    "the launcher " + launcher + " names no options for Java: was it made by the packaging?");
        }
        List<String> java = new ArrayList<>(List.of(image.resolve("runtime/bin/java").toString()));
        java.addAll(Arrays.asList(options.group(1).strip().split("\\s+")));
        HelloProgram hello = new HelloProgram(java, directory.resolve("hello.jar"), directory.resolve("hello.aot"));
        hello.pack();
        hello.train(directory.resolve("hello.conf"));
        return hello;
    }

    private void pack() throws IOException {
        String entry = HelloWorld.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                InputStream bytes = Objects
                        .requireNonNull(HelloWorld.class.getClassLoader().getResourceAsStream(entry))) {
            out.putNextEntry(new JarEntry(entry));
            bytes.transferTo(out);
        }
    }

    private void train(Path configuration) throws IOException, InterruptedException {
        run(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + configuration));
        run(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + configuration, "-XX:AOTCache=" + cache));
    }

    private void run(List<String> options) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(options)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("cannot make a start-up cache for Hello World: " + said);
        }
    }

    private List<String> command(List<String> more) {
        List<String> command = new ArrayList<>(java);
        command.addAll(more);
        command.addAll(List.of("-cp", jar.toString(), HelloWorld.class.getName()));
        return command;
    }

    /** Start the program and wait for its first byte. */
    Start start() throws IOException, InterruptedException {
        List<String> command = command(List.of("-XX:AOTCache=" + cache));
        long before = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            int first = process.getInputStream().read();
            double millis = (System.nanoTime() - before) / 1e6;
            if (first != 'H') {
                throw new IOException("Hello World did not start: " + String.join(" ", command));
            }
            return Start.of(millis, process.pid());
        } finally {
            process.getOutputStream().close();
            process.waitFor();
        }
    }
}
