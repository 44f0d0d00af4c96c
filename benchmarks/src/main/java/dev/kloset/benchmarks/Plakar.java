package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The real Plakar, with a home directory in which the plugins are installed. */
final class Plakar {

    private final Path program;
    private final Path home;

    Plakar(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /**
     * {@return what the command took} It must succeed. The time is that until the command ends; the processor time is that of
     * Plakar, of its plugins until they have ended, and of its daemon meanwhile.
     */
    Timed run(String... arguments) throws IOException, InterruptedException {
        Set<Long> before = new HashSet<>(Orphans.children());
        Map<Long, Double> daemonsBefore = daemons();
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Timed plakar = Timed.run(command, environment(), home);
        double used = plakar.processorSeconds();
        Map<Long, Double> daemons = daemons();
        for (Map.Entry<Long, Double> daemon : daemons.entrySet()) {
            used += daemon.getValue() - daemonsBefore.getOrDefault(daemon.getKey(), 0.0);
        }
        for (long child : Orphans.children()) {
            if (!before.contains(child) && !daemons.containsKey(child)) {
                used += Orphans.processorSeconds(child);
            }
        }
        return new Timed(plakar.seconds(), used);
    }

    private Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("config").toString(), "XDG_CACHE_HOME",
                home.resolve("cache").toString(), "XDG_DATA_HOME", home.resolve("data").toString());
    }

    /** End the daemon that Plakar leaves behind. */
    void stopDaemon() throws IOException {
        daemons().keySet().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    }

    /** {@return the processes of our program with our home, which outlive a command, and what they have used so far} */
    private Map<Long, Double> daemons() throws IOException {
        Map<Long, Double> daemons = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isOurs(process)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    daemons.put(pid, Usage.processorMillis(pid) / 1e3);
                }
            }
        }
        return daemons;
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
