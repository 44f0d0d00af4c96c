package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.CheckSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory to which an exporter writes, if it is on this machine and open to the check: the location ends in {@code
 * {temp}}. The exporter gets a directory two levels down, so that the check can see whether its surroundings stay untouched.
 */
public final class Destination {

    private Destination() {}

    /** {@return the directory} */
    public static Path of(CheckContext context) throws IOException, NotApplicableException {
        String location = context.runContext.settings.config().getOrDefault("location", "");
        if (!location.endsWith(CheckSettings.TEMP)) {
            throw new NotApplicableException(
                    "what the exporter writes cannot be examined; a location that ends in {temp} would allow it");
        }
        return context.place();
    }

    public static Path file(CheckContext context, String pathname) throws IOException, NotApplicableException {
        return of(context).resolve(pathname.substring(1));
    }

    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return every file below {@code directory}, with its content} */
    public static Map<String, String> tree(Path directory) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                tree.put(directory.relativize(path).toString(), Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        ? Files.readString(path, StandardCharsets.ISO_8859_1)
                        : "");
            }
        }
        return tree;
    }
}
