package dev.kloset.packaging;

import java.nio.file.Path;

/** Words of a shell script. */
final class Shell {

    private Shell() {}

    /** {@return a path that may stand between single quotes} */
    static String inQuotes(Path path) {
        return path.toString().replace("'", "'\\''");
    }
}
