package dev.kloset.cli.shell;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Shows what a plugin writes to its standard error: warnings and errors in the SDK's format, statistics if the user asked for
 * them, or everything if the user wants that. Runs on the thread that reads the plugin's standard error.
 *
 * @param plugin the plugin that writes the lines
 */
record PluginLines(String plugin, PluginOptions options, Terminal terminal) implements Consumer<String> {

    private static final String STATISTICS = "stats: ";
    /** Matches a warning or error as plain text, or as KLOSET_LOG_FORMAT=json writes it. */
    private static final Pattern WARNING = Pattern.compile("(warning|error): .*|\\{.*\"level\":\"(warning|error)\".*",
            Pattern.DOTALL); // names of files may contain line separators

    @Override
    public void accept(String line) {
        if (options.verbose || line.startsWith(STATISTICS) && options.stats || WARNING.matcher(line).matches()) {
            if (terminal.isJson()) {
                terminal.event(Json.object().put("event", "log").put("plugin", plugin).put("line", line));
            } else {
                terminal.remark(plugin + ": " + HumanText.visible(line));
            }
        }
    }
}
