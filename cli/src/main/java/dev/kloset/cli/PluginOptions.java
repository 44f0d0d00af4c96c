package dev.kloset.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that starts a plugin. */
final class PluginOptions {

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--plugin", paramLabel = "EXECUTABLE", order = 1, description = {
        "Use this plugin, whatever the protocol: an executable, or a directory with a manifest.yaml." })
    @Nullable
    String plugin;

    @Option(names = { "-o",
        "--option" }, paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 2, description = {
            "A setting for the connector; may be repeated. KEY alone means KEY=true." })
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--stats", order = 89, description = {
        "Let each plugin say at its end what it did: calls, records, bytes, waits for the host, retries." })
    boolean stats;

    @Option(names = { "-v", "--verbose" }, order = 90, description = "Show what plugins write to their standard error.")
    boolean verbose;
}
