package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.Executables;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HelpOption;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.Replay;
import dev.kloset.wire.recording.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kloset replay}. */
@Command(name = "replay", abbreviateSynopsis = true, sortOptions = false, description = {
    "Show a recorded session (KLOSET_RECORD=FILE writes one), or repeat it against a plugin and compare.", "" })
final class ReplayCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "A recording.")
    String file = "";

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "With --against: arguments of the executable.")
    List<String> args = new ArrayList<>();

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--against", paramLabel = "EXECUTABLE", order = 1, description = {
        "Replay the host's side against this plugin and report its first answer that differs from the recording." })
    @Nullable
    String against;

    @Option(names = { "-o",
        "--option" }, paramLabel = "KEY=VALUE", mapFallbackValue = "true", order = 2, description = {
            "With --against: the value of a setting, including location; a recording contains only the keys." })
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", order = 20, description = "Print one JSON object per event, or one about the comparison.")
    boolean json;

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path recording = context.invocation().directory().resolve(file);
        if (!Files.isRegularFile(recording)) {
            throw CommandException.failed("there is no recording " + recording);
        }
        if (against != null) {
            return compare(recording, against);
        }
        if (!args.isEmpty()) {
            throw CommandException.usage("arguments after FILE belong to --against");
        }
        RecordingLines lines = new RecordingLines();
        RecordedEvent.read(recording,
                event -> context.terminal().print(json ? event.toJson() : HumanText.visible(lines.of(event))));
        if (!json) {
            context.terminal().print(lines.summary());
        }
        return ExitCode.OK;
    }

    private int compare(Path recording, String plugin) throws IOException, InterruptedException {
        Path executable = Executables.find(plugin, context.invocation());
        Executables.check(executable, plugin);
        Replay.Outcome outcome = Replay.run(recording, PluginCommand.builder(executable).args(args).build(), settings);
        if (json) {
            context.terminal()
                    .print(Json.object()
                            .put("answers", outcome.answers())
                            .put("same", outcome.difference().isEmpty())
                            .put("difference", outcome.difference().orElse(""))
                            .toString());
        } else {
            context.terminal()
                    .print(outcome.difference()
                            .map(difference -> "different: " + HumanText.visible(difference) + " (" + outcome.answers()
                                    + " answers before it were the same)")
                            .orElse("the same: " + outcome.answers() + " answers as recorded"));
        }
        return outcome.difference().isEmpty() ? ExitCode.OK : ExitCode.RECORDS_FAILED;
    }
}
