package dev.kloset.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where an exporter writes, if that is a directory of this machine that a check may look at: its location ends in
 * {@code {temp}}. The exporter gets a directory two levels down, so that there is something around it to be kept safe.
 */
final class Destination {

    private Destination() {}

    /** {@return the directory} */
    static Path of(Bench bench) throws IOException, NotApplicableException {
        String location = bench.ground.settings.config().getOrDefault("location", "");
        if (!location.endsWith(Ground.TEMP)) {
            throw new NotApplicableException(
                    "what the exporter writes cannot be looked at; a location that ends in {temp} would allow it");
        }
        return bench.place();
    }

    static Path file(Bench bench, String pathname) throws IOException, NotApplicableException {
        return of(bench).resolve(pathname.substring(1));
    }

    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return every file below {@code directory} and what is in it} */
    static Map<String, String> tree(Path directory) throws IOException {
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
