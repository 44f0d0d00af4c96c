package dev.kloset.benchmarks.measure;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plugin to measure.
 *
 * @param protocol the protocol to put in front of the paths
 */
public record Candidate(String name, Path executable, List<String> args, String protocol) {

    public Candidate {
        args = List.copyOf(args);
    }

    /** {@return the same plugin, run so that every system call that syncs does nothing} See {@link WithoutSync}. */
    public Candidate withoutSync() {
        List<String> all = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), WithoutSync.class.getName(), executable.toString()));
        all.addAll(args);
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        return new Candidate(name + ", nothing synced", java, all, protocol);
    }

    public PluginProcess start(Map<String, String> environment) throws IOException, InterruptedException {
        return PluginProcess
                .start(PluginCommand.builder(executable).args(args).name(name).environment(environment).build());
    }

    public Importer importer(PluginProcess process, Path source) throws IOException, InterruptedException {
        return process.importer(ConnectorContext.of(protocol, config(source), Options.builder().build()));
    }

    public Exporter exporter(PluginProcess process, Path target) throws IOException, InterruptedException {
        return process.exporter(ConnectorContext.of(protocol, config(target), Options.builder().build()));
    }

    public Store store(PluginProcess process, Path directory) throws IOException, InterruptedException {
        return process.store(StoreContext.of(protocol, config(directory)));
    }

    private ConnectorConfig config(Path path) {
        return ConnectorConfig.of(Map.of("location", protocol + "://" + path));
    }
}
