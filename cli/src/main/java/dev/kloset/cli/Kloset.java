package dev.kloset.cli;

import dev.kloset.internal.FoundSecrets;
import dev.kloset.internal.Redactor;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line as a whole: puts the commands together, runs one, and turns whatever happens into an exit code. */
final class Kloset {

    private final CommandContext context;
    private final Terminal terminal;

    Kloset(CommandContext context) {
        this.context = context;
        this.terminal = context.terminal();
    }

    /** {@return the exit code} Never throws, never ends the process. */
    int run(String... args) {
        StringWriter help = new StringWriter();
        terminal.hide(Redactor.of(secrets(args)));
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // it warns of a quote in a password, and shows it
        CommandLine line = commandLine().setOut(new PrintWriter(help)).setErr(new PrintWriter(help));
        int exitCode = line.execute(args);
        try {
            if (!help.toString().isEmpty()) {
                terminal.print(help.toString().stripTrailing());
            }
            terminal.flush();
            return exitCode;
        } catch (OutputClosedException e) {
            return exitCode; // nobody reads the results any more, but what became of the work still counts
        } catch (IOException e) {
            return ended(e);
        }
    }

    /** Of all arguments, also of those that make no sense: the sentence that says so repeats them. */
    private static List<String> secrets(String... args) {
        List<String> secrets = new ArrayList<>();
        for (String argument : args) {
            int sign = argument.indexOf('=');
            String key = sign < 0 ? "" : argument.substring(0, sign);
            secrets.addAll(FoundSecrets.of(key, argument.substring(sign + 1), false));
            secrets.addAll(FoundSecrets.of("", argument, false));
        }
        return secrets;
    }

    private CommandLine commandLine() {
        CommandLine store = new CommandLine(new StoreCommand())
                .addSubcommand(new StoreLsCommand(context))
                .addSubcommand(new StoreGetCommand(context))
                .addSubcommand(new StorePutCommand(context))
                .addSubcommand(new StoreRmCommand(context))
                .addSubcommand(new StoreStatCommand(context))
                .addSubcommand(new StoreCreateCommand(context))
                .addSubcommand(new CommandLine.HelpCommand());
        return new CommandLine(new KlosetCommand())
                .addSubcommand(new CopyCommand(context))
                .addSubcommand(new LsCommand(context))
                .addSubcommand(new CatCommand(context))
                .addSubcommand(new PingCommand(context))
                .addSubcommand(store)
                .addSubcommand(new CheckCommand(context))
                .addSubcommand(new PluginsCommand(context))
                .addSubcommand(new ReplayCommand(context))
                .addSubcommand(new CommandLine.HelpCommand())
                .setUsageHelpAutoWidth(false)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler(this::onFailure)
                .setParameterExceptionHandler(this::onMisuse);
    }

    private int onMisuse(ParameterException misuse, String[] args) {
        String command = misuse.getCommandLine().getCommandSpec().qualifiedName(" ");
        return remark(misuse.getMessage() + "; see " + command + " --help", ExitCode.USAGE);
    }

    private int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        return ended(failure);
    }

    private int ended(Exception failure) {
        if (context.surroundings().isDebugging()) {
            terminal.trace(failure);
        }
        return switch (failure) {
            case OutputClosedException _ -> ExitCode.OK;
            case InterruptedException _ -> remark("interrupted", ExitCode.INTERRUPTED);
            case CommandException e -> remark(Sentence.of(e), e.exitCode());
            default -> remark(Sentence.of(failure), ExitCode.FAILED);
        };
    }

    private int remark(String sentence, int exitCode) {
        try {
            terminal.flush(); // results first, so that the reason stands below them
        } catch (IOException e) {
            // The failure about to be told came first.
        }
        terminal.remark("kloset: " + Sentence.of(sentence));
        return exitCode;
    }
}
