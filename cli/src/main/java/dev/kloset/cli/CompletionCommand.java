package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.HelpOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kloset completion}. */
@Command(name = "completion", abbreviateSynopsis = true, description = {
    "Print a script that completes commands and options in your shell.", "" }, footer = { "",
        "bash:  source <(kloset completion bash)", "zsh:   source <(kloset completion zsh)",
        "", "Put the line into ~/.bashrc or ~/.zshrc to have it always." })
final class CompletionCommand implements Callable<Integer> {

    /** The shells that the script is for. */
    enum Shell {
        bash,
        zsh
    }

    private final CommandContext context;
    private final Supplier<CommandLine> all;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    Shell shell = Shell.bash;

    @Mixin
    HelpOption help = new HelpOption();

    /** @param all the command line with all commands */
    CompletionCommand(CommandContext context, Supplier<CommandLine> all) {
        this.context = context;
        this.all = all;
    }

    @Override
    public Integer call() throws IOException {
        // One script serves both: in zsh it switches on the completion of bash.
        context.terminal().data(AutoComplete.bash("kloset", all.get()).stripTrailing());
        return ExitCode.OK;
    }
}
