package dev.kloset.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds executables the way a shell does. */
final class Executables {

    private Executables() {}

    /** {@return the file that {@code name} means: a path if it has a slash or is there, else one from the search path} */
    static Path find(String name, Surroundings surroundings) {
        Path file = surroundings.directory().resolve(name).normalize();
        if (!name.contains("/") && !name.contains(File.separator) && !Files.exists(file)) {
            for (String directory : searchPath(surroundings)) {
                Path candidate = surroundings.directory().resolve(directory).resolve(name);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return candidate;
                }
            }
        }
        return file;
    }

    private static List<String> searchPath(Surroundings surroundings) {
        return List.of(surroundings.environment().getOrDefault("PATH", "").split(File.pathSeparator, -1));
    }

    /** Says in a sentence why a file cannot be started, which the system does in riddles. */
    static void check(Path file, String plugin) throws CommandException {
        if (!Files.exists(file)) {
            throw CommandException.failed("cannot start the plugin " + plugin + ": there is no file " + file);
        }
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw CommandException.failed("cannot start the plugin " + plugin + ": " + file + " is not executable");
        }
    }
}
