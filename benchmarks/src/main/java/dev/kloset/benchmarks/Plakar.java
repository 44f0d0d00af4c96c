package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/** The real Plakar, with a home directory in which the plugins are installed. */
final class Plakar {

    /** Wall time and processor time as the shell has them: of the command, not of plugins, for whose end Plakar does not wait. */
    private static final String TIMED = "TIMEFORMAT='%R %U %S'; { time \"$0\" \"$@\" >\"$OUTPUT\" 2>&1; } 2>\"$TIMES\"";

    private final Path program;
    private final Path home;

    Plakar(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /**
     * What a command took.
     *
     * @param processorSeconds of Plakar; neither its plugins nor its daemon are in it
     */
    record Took(double seconds, double processorSeconds) {}

    /** {@return what the command took} It must succeed. */
    Took run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED, program.toString()));
        command.addAll(List.of(arguments));
        Path output = home.resolve("output");
        Path times = home.resolve("times");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("config").toString(),
                        "XDG_CACHE_HOME", home.resolve("cache").toString(), "XDG_DATA_HOME",
                        home.resolve("data").toString(), "OUTPUT", output.toString(), "TIMES", times.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException("plakar " + String.join(" ", arguments) + " failed:\n" + Files.readString(output));
        }
        try (Scanner took = new Scanner(times, StandardCharsets.UTF_8)) {
            return new Took(took.nextDouble(), took.nextDouble() + took.nextDouble());
        }
    }

    /** End the daemon that Plakar leaves behind: the process of our program with our home. */
    void stopDaemon() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isOurs(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(ProcessHandle::destroy);
                }
            }
        }
    }

    private boolean isOurs(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("exe")).equals(program)
                    && Files.readString(process.resolve("environ")).contains("HOME=" + home + "\0");
        } catch (IOException e) {
            return false; // it has ended meanwhile, or belongs to somebody else
        }
    }
}
