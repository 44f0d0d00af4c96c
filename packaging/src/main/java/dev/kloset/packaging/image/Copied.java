package dev.kloset.packaging.image;

import dev.kloset.packaging.tool.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A file or directory of this system that the package contains unchanged.
 *
 * @param origin where it is on this system
 * @param name its path below the directory of the runtime
 */
record Copied(Path origin, String name) {

    static Copied of(Path origin, Path runtime, String name) throws IOException {
        Path copy = runtime.resolve(name);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(origin, copy);
        Files.setPosixFilePermissions(copy,
                PosixFilePermissions.fromString(name.startsWith("bin/") ? "rwxr-xr-x" : "rw-r--r--"));
        return new Copied(origin.toRealPath(), name);
    }

    static Copied directory(Path origin, Path runtime, String name) throws IOException {
        for (String file : Directories.files(origin)) {
            of(origin.resolve(file), runtime, name + "/" + file);
        }
        return new Copied(origin.toRealPath(), name);
    }
}
