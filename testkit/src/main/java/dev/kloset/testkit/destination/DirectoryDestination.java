package dev.kloset.testkit.destination;

import dev.kloset.FileMode;
import dev.kloset.testkit.property.EntrySnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of this machine. The location ends in {@code {temp}}. */
public record DirectoryDestination(Path place) implements Destination {

    @Override
    public Optional<Path> directory() {
        return Optional.of(place);
    }

    @Override
    public Map<String, EntrySnapshot> look(String... pathnames) throws IOException {
        Map<String, EntrySnapshot> seen = new HashMap<>();
        for (String pathname : pathnames) {
            Path file = place.resolve(pathname.substring(1));
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                seen.put(pathname, entry(pathname, file));
            }
        }
        return seen;
    }

    private static EntrySnapshot entry(String pathname, Path file) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        FileMode type = attributes.isDirectory()
                ? FileMode.directory(0)
                : attributes.isSymbolicLink() ? FileMode.symlink() : FileMode.regular(0);
        return new EntrySnapshot(type.withPermissions(attributes.permissions()),
                attributes.lastModifiedTime().toInstant(), 0, 0,
                attributes.isRegularFile() ? EntrySnapshot.words(Files.readAllBytes(file)) : "",
                attributes.isSymbolicLink() ? Files.readSymbolicLink(file).toString() : "", Map.of(), pathname, 1);
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
