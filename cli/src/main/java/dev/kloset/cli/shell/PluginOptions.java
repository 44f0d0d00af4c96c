package dev.kloset.cli.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that starts a plugin. */
public final class PluginOptions {

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--plugin", paramLabel = "EXECUTABLE", order = 1, description = {
        "Use this plugin, whatever the protocol: an executable, or a directory with a manifest.yaml." })
    public @Nullable String plugin;

    @Option(names = { "-o",
        "--option" }, paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 2, description = {
            "A setting for the connector; may be repeated. KEY alone means KEY=true." })
    public Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--stats", order = 89, description = {
        "Let each plugin report at its end what it did: calls, records, bytes, waits for the host, retries." })
    public boolean stats;

    @Option(names = { "-v", "--verbose" }, order = 90, description = {
        "Show everything that plugins write to standard error, not only warnings and errors." })
    public boolean verbose;

    /** {@return these options for one of two sides, whose own plugin and settings take precedence} */
    public PluginOptions with(@Nullable String sidePlugin, Map<String, String> sideSettings) {
        PluginOptions side = new PluginOptions();
        side.plugin = sidePlugin == null ? plugin : sidePlugin;
        side.verbose = verbose;
        side.stats = stats;
        side.settings.putAll(settings);
        side.settings.putAll(sideSettings);
        return side;
    }
}
