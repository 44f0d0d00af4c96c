package dev.kloset.hadoop.connect;

import dev.kloset.ExtensionJars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The jars that users bring, with one class loader for each directory, as long as the process lives: Hadoop keeps objects of a file
 * system for all later ones, and those of another loader would be of other classes.
 */
final class Libraries {

    private static final Map<Path, ExtensionJars> USED = new HashMap<>(); // guarded by the class

    private Libraries() {}

    /** {@return the class loader of a directory} */
    static synchronized ClassLoader loader(ExtensionJars jars) throws IOException {
        ExtensionJars used = USED.getOrDefault(jars.directory(), jars);
        ClassLoader loader = used.loader();
        USED.put(used.directory(), used);
        return loader;
    }
}
