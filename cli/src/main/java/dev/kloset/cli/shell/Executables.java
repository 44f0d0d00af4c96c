package dev.kloset.cli.shell;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds executables the way a shell does. */
public final class Executables {

    private Executables() {}

    /** {@return the file that {@code name} means: a path if it has a slash or exists, otherwise a file on the search path} */
    public static Path find(String name, Invocation invocation) {
        Path file = invocation.directory().resolve(name).normalize();
        if (!name.contains("/") && !name.contains(File.separator) && !Files.exists(file)) {
            for (String directory : searchPath(invocation)) {
                Path candidate = invocation.directory().resolve(directory).resolve(name);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        return file;
    }

    private static List<String> searchPath(Invocation invocation) {
        return List.of(invocation.environment().getOrDefault("PATH", "").split(File.pathSeparator, -1));
    }

    /** Fail, with a clear reason, if a file cannot be started. The system's own reasons are cryptic. */
    public static void check(Path file, String plugin) throws CommandException {
        if (!Files.exists(file)) {
            throw CommandException.failed("cannot start the plugin " + plugin + ": there is no file " + file);
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw CommandException.failed("cannot start the plugin " + plugin + ": " + file + " is not executable");
        }
    }
}
