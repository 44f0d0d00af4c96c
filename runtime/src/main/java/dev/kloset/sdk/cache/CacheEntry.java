package dev.kloset.sdk.cache;

import dev.kloset.sdk.internal.temporary.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The directory of one plugin's cache with one Java. For each file that the cache was made from it has an empty file with the
 * same modification time: the launcher can compare these without starting a program, and the JVM compares the sizes.
 *
 * @param origins what the cache is made from, by the names of those files
 */
record CacheEntry(Path directory, Path plugin, Map<String, Path> origins) {

    static final String CACHE = "plugin.aot";

    /** The file that names the plugin's directory. */
    static final String MADE_FOR = "made-for";

    private static final FileAttribute<?> OWN = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static CacheEntry of(Path directory, Path launcher, Path modules, List<String> jars) {
        Path plugin = Objects.requireNonNull(launcher.getParent());
        Map<String, Path> origins = new LinkedHashMap<>();
        jars.forEach(jar -> origins.put(jar.substring(jar.lastIndexOf('/') + 1), plugin.resolve(jar)));
        origins.put("modules", modules);
        return new CacheEntry(directory, plugin, origins);
    }

    /** {@return a neighbour whose name is this one's with {@code suffix}} */
    Path beside(String suffix) {
        return directory.resolveSibling(directory.getFileName() + suffix);
    }

    Path parent() {
        return Objects.requireNonNull(directory.getParent());
    }

    void makeParent() throws IOException {
        Files.createDirectories(parent(), OWN);
    }

    /** {@return whether it was made from the files that are here now} Compares as the launcher does. */
    boolean fits() throws IOException {
        if (!Files.isRegularFile(directory.resolve(MADE_FOR), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (Map.Entry<String, Path> origin : origins.entrySet()) {
            Path noted = directory.resolve(origin.getKey());
            if (!Files.isRegularFile(noted)
                    || !Files.getLastModifiedTime(noted).equals(Files.getLastModifiedTime(origin.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** {@return a directory with everything but the cache, which no launcher finds yet} */
    Path begin() throws IOException {
        Path fresh = Files.createDirectory(beside(".new." + ProcessHandle.current().pid()), OWN);
        Files.writeString(fresh.resolve(MADE_FOR), plugin + "\n");
        for (Map.Entry<String, Path> origin : origins.entrySet()) {
            Path noted = Files.createFile(fresh.resolve(origin.getKey()));
            Files.setLastModifiedTime(noted, Files.getLastModifiedTime(origin.getValue()));
        }
        return fresh;
    }

    /** Put {@code fresh} in the place of this entry. A launcher finds the old one, none or the new one. */
    void publish(Path fresh) throws IOException {
        Path old = beside(".old." + ProcessHandle.current().pid());
        if (Files.exists(directory)) {
            Files.move(directory, old);
        }
        Files.move(fresh, directory);
        FileTree.delete(old);
    }
}
