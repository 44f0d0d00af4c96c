package dev.kloset.cli;

import dev.kloset.cli.catalog.Catalog;
import dev.kloset.cli.catalog.PluginEntry;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HelpOption;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kloset plugins}. */
@Command(name = "plugins", abbreviateSynopsis = true, description = {
    "List the available plugins: those that come with this command, then those installed in Plakar.", "" })
final class PluginsCommand implements Callable<Integer> {

    private static final String COLUMNS = "%-12s %-9s %-20s %s";

    private final CommandContext context;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--json", description = "Print one JSON object per connector.")
    boolean json;

    PluginsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Catalog catalog = context.endpoints().catalog();
        Terminal terminal = context.terminal();
        if (!json && !catalog.entries().isEmpty()) {
            terminal.print(String.format(Locale.ROOT, COLUMNS, "NAME", "KIND", "PROTOCOLS", "FROM"));
        }
        for (PluginEntry entry : catalog.entries()) {
            terminal.print(json ? json(entry) : text(entry));
        }
        if (!json && catalog.entries().isEmpty()) {
            terminal.remark("kloset: no plugins were found");
        }
        catalog.problems().forEach(problem -> terminal.remark("kloset: " + problem));
        return catalog.problems().isEmpty() ? ExitCode.OK : ExitCode.RECORDS_FAILED;
    }

    private static String text(PluginEntry entry) {
        return String.format(Locale.ROOT, COLUMNS, HumanText.visible(entry.plugin()), entry.kind().manifestType(),
                HumanText.visible(String.join(",", entry.protocols())), entry.where() + " " + entry.executable());
    }

    private static String json(PluginEntry entry) {
        return Json.object()
                .put("name", entry.plugin())
                .put("kind", entry.kind().manifestType())
                .put("protocols", entry.protocols())
                .put("from", entry.where())
                .put("executable", entry.executable().toString())
                .put("args", entry.args())
                .toString();
    }
}
