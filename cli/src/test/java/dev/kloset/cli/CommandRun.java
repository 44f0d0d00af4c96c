package dev.kloset.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One run of the command in this process. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(Surroundings surroundings, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Kloset(CommandContext.of(surroundings, new Terminal(out, err, false, false))).run(args);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** {@return an empty machine: no plugins anywhere} */
    static Surroundings surroundings(Path directory) {
        return new Surroundings(directory, directory, directory, Map.of());
    }
}
