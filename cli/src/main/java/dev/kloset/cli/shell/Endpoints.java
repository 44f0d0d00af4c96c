package dev.kloset.cli.shell;

import dev.kloset.ConnectorConfig;
import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.cli.catalog.Catalog;
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
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Turns a location that the user wrote into an endpoint that can be started: finds the plugin and completes its settings. */
public final class Endpoints {

    private final Invocation invocation;
    private final Terminal terminal;

    public Endpoints(Invocation invocation, Terminal terminal) {
        this.invocation = invocation;
        this.terminal = terminal;
    }

    public Catalog catalog() {
        return PluginDirectories.catalog(invocation.home(), invocation.environment(), invocation.userHome());
    }

    /**
     * {@return the endpoint for {@code uri}}
     *
     * @throws CommandException if the location makes no sense or no plugin serves it
     */
    public Endpoint find(Kind kind, String uri, PluginOptions options) throws IOException {
        Location location = Location.parse(uri);
        if (options.settings.containsKey(Endpoint.LOCATION)) {
            throw CommandException.usage("the location is an argument of the command; -o cannot set it");
        }
        if (options.plugin == null && location.path().equals(uri)) {
            throw CommandException
                    .usage("\"" + uri + "\" does not say which protocol to use: write for example files://"
                            + absolute(uri));
        }
        return endpoint(uri, location, entry(kind, location.proto(), options), options);
    }

    /** {@return the plugin that serves a protocol} */
    public PluginEntry plugin(Kind kind, String uri, PluginOptions options) throws IOException {
        return entry(kind, Location.parse(uri).proto(), options);
    }

    private PluginEntry entry(Kind kind, String proto, PluginOptions options) throws IOException {
        if (options.plugin == null) {
            Catalog catalog = catalog();
            return catalog.find(kind, proto).orElseThrow(() -> unknown(kind, proto, catalog));
        }
        Path plugin = Executables.find(options.plugin, invocation);
        if (!Files.isDirectory(plugin)) {
            String name = plugin.getFileName().toString();
            return new PluginEntry(name, kind, List.of(proto), plugin, List.of(), false, plugin.toString(), null);
        }
        Catalog catalog = Catalog.ofPlugin(plugin);
        return catalog.find(kind, proto).orElseThrow(() -> unknown(kind, proto, catalog));
    }

    private static CommandException unknown(Kind kind, String proto, Catalog catalog) {
        SortedSet<String> known = catalog.protocols(kind);
        String hint = known.isEmpty()
                ? "no plugin with one was found"
                : "known protocols are " + String.join(", ", known);
        String problems = catalog.problems().isEmpty() ? "" : "; " + String.join("; ", catalog.problems());
        return CommandException
                .failed("there is no " + kind.manifestType() + " for the protocol \"" + proto + "\": " + hint
                        + problems);
    }

    private Endpoint endpoint(String uri, Location location, PluginEntry entry, PluginOptions options)
            throws CommandException {
        Executables.check(entry.executable(), entry.plugin());
        Location complete = entry.localPaths() ? new Location(location.proto(), absolute(location.path())) : location;
        Map<String, String> settings = new LinkedHashMap<>(options.settings);
        settings.put(Endpoint.LOCATION, complete.toString());
        String name = entry.plugin() + " (" + entry.kind().manifestType() + ")";
        PluginCommand.Builder command = PluginCommand.builder(entry.executable())
                .args(entry.args())
                .name(name)
                .hiding(terminal::hidden)
                .waiting(invocation.patience(), line -> terminal.remark("kloset: " + HumanText.visible(line)));
        if (options.stats) {
            command.environment(Map.of("KLOSET_STATS", "1"));
        }
        PluginCommand unheard = command.build();
        return new Endpoint(HumanText.withoutPassword(uri), location.proto(), ConnectorConfig.of(settings),
                command.stderr(new PluginLines(name, options, terminal)).build(), unheard,
                entry.localPaths() ? localPath(complete.path()).orElse(null) : null);
    }

    /** Resolves a relative path against the user's directory, as a host does, whatever directory the plugin runs in. */
    private String absolute(String path) {
        String separated = path.replace(File.separatorChar, '/');
        if (separated.startsWith("/")) {
            return path;
        }
        return localPath(path).map(p -> invocation.directory().resolve(p).normalize().toString()).orElse(path);
    }

    private static Optional<Path> localPath(String path) {
        try {
            return Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty(); // the connector will report what is wrong with it
        }
    }
}
