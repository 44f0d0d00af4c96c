package dev.kloset.cli;

import dev.kloset.ConnectorConfig;
import dev.kloset.Location;
import dev.kloset.cli.catalog.Catalog;
import dev.kloset.cli.catalog.ConnectorKind;
import dev.kloset.cli.catalog.PluginDirectories;
import dev.kloset.cli.catalog.PluginEntry;
import dev.kloset.host.PluginCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Turns what the user wrote into something that can be started: finds the plugin and completes its settings. */
final class Endpoints {

    /** What the lines of a plugin begin with that say what it has done. */
    private static final String STATISTICS = "stats: ";

    private final Surroundings surroundings;
    private final Terminal terminal;

    Endpoints(Surroundings surroundings, Terminal terminal) {
        this.surroundings = surroundings;
        this.terminal = terminal;
    }

    Catalog catalog() {
        return PluginDirectories.catalog(surroundings.home(), surroundings.environment(), surroundings.userHome());
    }

    /**
     * {@return the endpoint for {@code uri}}
     *
     * @throws CommandException if the location makes no sense or nothing serves it
     */
    Endpoint find(ConnectorKind kind, String uri, PluginOptions options) throws IOException {
        Location location = Location.parse(uri);
        if (options.settings.containsKey(Endpoint.LOCATION)) {
            throw CommandException.usage("the location is what stands in the command, it cannot be set with -o");
        }
        if (options.plugin == null && location.path().equals(uri)) {
            throw CommandException
                    .usage("\"" + uri + "\" does not say which protocol to use: write for example files://"
                            + absolute(uri));
        }
        return endpoint(uri, location, entry(kind, location.proto(), options), options);
    }

    private PluginEntry entry(ConnectorKind kind, String proto, PluginOptions options) throws IOException {
        if (options.plugin == null) {
            Catalog catalog = catalog();
            return catalog.find(kind, proto).orElseThrow(() -> unknown(kind, proto, catalog));
        }
        Path plugin = Executables.find(options.plugin, surroundings);
        if (!Files.isDirectory(plugin)) {
            String name = plugin.getFileName().toString();
            return new PluginEntry(name, kind, List.of(proto), plugin, List.of(), false, plugin.toString());
        }
        Catalog catalog = Catalog.ofPlugin(plugin);
        return catalog.find(kind, proto).orElseThrow(() -> unknown(kind, proto, catalog));
    }

    private static CommandException unknown(ConnectorKind kind, String proto, Catalog catalog) {
        SortedSet<String> known = catalog.protocols(kind);
        String hint = known.isEmpty()
                ? "no plugin with one was found"
                : "known protocols are " + String.join(", ", known);
        String problems = catalog.problems().isEmpty() ? "" : "; " + String.join("; ", catalog.problems());
        return CommandException
                .failed("there is no " + word(kind) + " for the protocol \"" + proto + "\": " + hint + problems);
    }

    private static String word(ConnectorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Endpoint endpoint(String uri, Location location, PluginEntry entry, PluginOptions options)
            throws CommandException {
        Executables.check(entry.executable(), entry.plugin());
        Location complete = entry.localPaths() ? new Location(location.proto(), absolute(location.path())) : location;
        Map<String, String> settings = new LinkedHashMap<>(options.settings);
        settings.put(Endpoint.LOCATION, complete.toString());
        String name = entry.plugin() + " (" + word(entry.kind()) + ")";
        PluginCommand.Builder command = PluginCommand.builder(entry.executable())
                .args(entry.args())
                .name(name)
                .hiding(terminal::hidden)
                .waiting(surroundings.patience(), line -> terminal.remark("kloset: " + Words.visible(line)));
        if (options.stats) {
            command.environment(Map.of("KLOSET_STATS", "1"));
        }
        if (options.verbose || options.stats) {
            command.stderr(line -> {
                if (options.verbose || line.startsWith(STATISTICS)) {
                    terminal.remark(name + ": " + Words.visible(line));
                }
            });
        }
        return new Endpoint(Words.withoutPassword(uri), location.proto(), ConnectorConfig.of(settings), command.build(),
                entry.localPaths() ? localPath(complete.path()).orElse(null) : null);
    }

    /** As a host does: a relative path starts at the user's directory, whatever directory the plugin runs in. */
    private String absolute(String path) {
        String separated = path.replace(File.separatorChar, '/');
        if (separated.startsWith("/")) {
            return path;
        }
        return localPath(path).map(p -> surroundings.directory().resolve(p).normalize().toString()).orElse(path);
    }

    private static Optional<Path> localPath(String path) {
        try {
            return Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty(); // the connector will say what is wrong with it
        }
    }
}
