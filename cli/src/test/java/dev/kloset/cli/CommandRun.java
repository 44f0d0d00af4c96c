package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.cli.shell.Terminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One run of the command in this process. */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(Invocation invocation, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Kloset(CommandContext.of(invocation, new Terminal(out, err, false, false))).run(args);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@return a machine without any plugins} */
    public static Invocation surroundings(Path directory) {
        return new Invocation(directory, directory, directory, Map.of());
    }
}
