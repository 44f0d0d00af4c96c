package dev.kloset.cli;

import dev.kloset.Plugin.Kind;
import dev.kloset.cli.check.CheckCommand;
import dev.kloset.cli.compare.Aspect;
import dev.kloset.cli.compare.AspectConverter;
import dev.kloset.cli.compare.CompareCommand;
import dev.kloset.cli.drill.DrillCommand;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.CommandException;
import dev.kloset.cli.shell.ExitCode;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.KindConverter;
import dev.kloset.cli.shell.OutputClosedException;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.cli.store.StoreCommand;
import dev.kloset.cli.store.StoreCreateCommand;
import dev.kloset.cli.store.StoreGetCommand;
import dev.kloset.cli.store.StoreLsCommand;
import dev.kloset.cli.store.StorePutCommand;
import dev.kloset.cli.store.StoreRmCommand;
import dev.kloset.cli.store.StoreStatCommand;
import dev.kloset.internal.FoundSecrets;
import dev.kloset.internal.Redactor;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The whole command line: assembles the commands, runs one, and turns the outcome into an exit code. */
final class Kloset {

    private static final String JSON = "--json";

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
        if (List.of(args).contains(JSON)) {
            terminal.remarkInJson(); // also for arguments that make no sense
        }
        // at other levels picocli warns about a quote in a password, and shows the password
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        CommandLine line = commandLine(args).setOut(new PrintWriter(help)).setErr(new PrintWriter(help));
        int exitCode = line.execute(args);
        try {
            if (!help.toString().isEmpty()) {
                terminal.print(help.toString().stripTrailing());
            }
            terminal.flush();
            return exitCode;
        } catch (OutputClosedException e) {
            return exitCode; // the reader of the results has gone, but the outcome of the work still counts
        } catch (IOException e) {
            return ended(e);
        }
    }

    /** {@return the secrets in all arguments, including invalid ones, because the message about those repeats them} */
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

    /**
     * {@return the command line for these arguments} If they begin with the name of a command, it knows that one only: picocli
     * looks at every option of every command that it knows, which would take most of the time of a start.
     */
    CommandLine commandLine(String... args) {
        Map<String, Supplier<Object>> commands = commands();
        String first = args.length == 0 ? "" : args[0];
        CommandLine line = new CommandLine(new KlosetCommand());
        if (commands.containsKey(first)) {
            line.addSubcommand(commands.get(first).get());
        } else {
            commands.values().forEach(command -> line.addSubcommand(command.get()));
            line.addSubcommand(new CommandLine.HelpCommand());
        }
        return line.registerConverter(Aspect.class, new AspectConverter())
                .registerConverter(Kind.class, new KindConverter())
                .setUsageHelpAutoWidth(false)
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler(this::onFailure)
                .setParameterExceptionHandler(this::onMisuse);
    }

    /** {@return what makes each command, in the order of the help} */
    private Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("copy", () -> new CopyCommand(context));
        commands.put("compare", () -> new CompareCommand(context));
        commands.put("drill", () -> new DrillCommand(context));
        commands.put("ls", () -> new LsCommand(context));
        commands.put("cat", () -> new CatCommand(context));
        commands.put("ping", () -> new PingCommand(context));
        commands.put("store", this::storeCommand);
        commands.put("check", () -> new CheckCommand(context));
        commands.put("plugins", () -> new PluginsCommand(context));
        commands.put("replay", () -> new ReplayCommand(context));
        commands.put("completion", () -> new CompletionCommand(context, this::commandLine));
        return commands;
    }

    private CommandLine storeCommand() {
        return new CommandLine(new StoreCommand()).addSubcommand(new StoreLsCommand(context))
                .addSubcommand(new StoreGetCommand(context))
                .addSubcommand(new StorePutCommand(context))
                .addSubcommand(new StoreRmCommand(context))
                .addSubcommand(new StoreStatCommand(context))
                .addSubcommand(new StoreCreateCommand(context))
                .addSubcommand(new CommandLine.HelpCommand());
    }

    private int onMisuse(ParameterException misuse, String[] args) {
        return ended(CommandException.usage(new Misuse(misuse).sentence()));
    }

    private int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        return ended(failure);
    }

    private int ended(Exception failure) {
        if (context.invocation().isDebugging()) {
            terminal.trace(failure);
        }
        return switch (failure) {
            case OutputClosedException _ -> ExitCode.OK;
            case CommandException e -> report(e);
            default -> report(CommandException.of(failure, Json.object()));
        };
    }

    private int report(CommandException failure) {
        String sentence = Sentence.of(failure);
        try {
            if (terminal.isJson()) {
                terminal.print(failure.details().put("failure", sentence).toString());
            }
            terminal.flush(); // results first, so that the reason appears below them
        } catch (IOException e) {
            // The failure that the command is about to report came first.
        }
        terminal.remark("kloset: " + sentence);
        return failure.exitCode();
    }
}
