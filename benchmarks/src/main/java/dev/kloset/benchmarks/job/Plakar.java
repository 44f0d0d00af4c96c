package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.ChildReaper;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Usage;
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

/** The real Plakar, with the plugins installed in its home directory. */
public final class Plakar {

    private final Path program;
    private final Path home;

    Plakar(Path program, Path home) {
        this.program = program;
        this.home = home;
    }

    /**
     * {@return the cost of the command, which must succeed} The time runs until the command ends. The processor time includes
     * Plakar, its plugins until they have ended, and its daemon meanwhile.
     */
    public Timed run(String... arguments) throws IOException, InterruptedException {
        Set<Long> before = new HashSet<>(ChildReaper.children());
        Map<Long, Double> daemonsBefore = daemons();
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Timed plakar = Timed.run(command, environment(), home);
        double used = plakar.processorSeconds();
        Map<Long, Double> daemons = daemons();
        for (Map.Entry<Long, Double> daemon : daemons.entrySet()) {
            used += daemon.getValue() - daemonsBefore.getOrDefault(daemon.getKey(), 0.0);
        }
        for (long child : ChildReaper.children()) {
            if (!before.contains(child) && !daemons.containsKey(child)) {
                used += ChildReaper.processorSeconds(child);
            }
        }
        return new Timed(plakar.seconds(), used);
    }

    public Path program() {
        return program;
    }

    public Path home() {
        return home;
    }

    /** {@return the same Plakar with another home directory} */
    public Plakar in(Path directory) {
        return new Plakar(program, directory);
    }

    private Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("config").toString(), "XDG_CACHE_HOME",
                home.resolve("cache").toString(), "XDG_DATA_HOME", home.resolve("data").toString());
    }

    /** End the daemon that Plakar leaves behind. */
    public void stopDaemon() throws IOException {
        daemons().keySet().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
    }

    /** {@return the daemon processes of our Plakar, which outlive a command, and the processor time of each so far} */
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
            return false; // the process has ended meanwhile, or belongs to another user
        }
    }
}
