package dev.kloset.cli.drill;

import dev.kloset.cli.catalog.PluginEntry;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Plakar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The part of a drill that Plakar does: back up and restore. For one thread. */
public final class Drill implements AutoCloseable {

    private final PlakarTrip trip;
    private final Steps steps;
    private final Map<String, Duration> times = new LinkedHashMap<>();

    /** Learns which step begins. */
    @FunctionalInterface
    public interface Steps {
        void begin(String step);
    }

    private interface Work<T> {
        T run() throws PackagingException, IOException, InterruptedException;
    }

    private Drill(PlakarTrip trip, Steps steps) {
        this.trip = trip;
        this.steps = steps;
    }

    /**
     * {@return a drill that keeps everything below {@code directory}, which its owner deletes}
     *
     * @param plakar the name of the program, or its file
     */
    public static Drill in(Path directory, String plakar, Steps steps) throws IOException {
        try {
            return new Drill(PlakarTrip.in(directory, Plakar.named(plakar, "--plakar")), steps);
        } catch (PackagingException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** {@return Plakar's version} */
    public String version() throws IOException, InterruptedException {
        return step("prepare", trip::version);
    }

    /** Install the plugin in the Plakar of the drill. */
    public void install(PluginEntry plugin) throws IOException, InterruptedException {
        Path image = Objects.requireNonNull(plugin.directory(), "directory");
        step("install", () -> {
            trip.install(image, plugin.plugin());
            return "";
        });
    }

    /** {@return the identifier of the snapshot} */
    public String backup(String source, Map<String, String> settings) throws IOException, InterruptedException {
        return step("backup", () -> trip.backup(source, settings));
    }

    public void restore(String snapshot, String destination, Map<String, String> settings)
            throws IOException, InterruptedException {
        step("restore", () -> {
            trip.restore(snapshot, destination, settings);
            return "";
        });
    }

    private <T> T step(String name, Work<T> work) throws IOException, InterruptedException {
        steps.begin(name);
        long start = System.nanoTime();
        try {
            return work.run();
        } catch (PackagingException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } finally {
            times.merge(name, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
        }
    }

    /** {@return how long each step took, in order} */
    public Map<String, Duration> times() {
        return new LinkedHashMap<>(times);
    }

    /** End what Plakar has left running. */
    @Override
    public void close() throws IOException {
        trip.close();
    }
}
