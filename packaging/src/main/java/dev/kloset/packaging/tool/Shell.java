package dev.kloset.packaging.tool;

import java.nio.file.Path;

/** Quotes words for shell scripts. */
public final class Shell {

    private Shell() {}

    /** {@return a path that may be put between single quotes} */
    public static String inQuotes(Path path) {
        return path.toString().replace("'", "'\\''");
    }
}
