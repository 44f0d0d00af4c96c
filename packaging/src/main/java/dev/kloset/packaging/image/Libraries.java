package dev.kloset.packaging.image;

import dev.kloset.packaging.tool.Directories;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Puts the class path into {@code lib}, in its order. Directories of classes become jars, because a start-up cache needs jars. */
final class Libraries {

    private static final LocalDateTime SOME_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final Instant FIRST_TIME = Instant.parse("2000-01-01T00:00:00Z");
    private static final long TIMES = Duration.ofDays(7000).toSeconds();

    private final String plugin;

    Libraries(String plugin) {
        this.plugin = plugin;
    }

    /** {@return the names of the jars, relative to the image} */
    List<String> add(List<Path> classPath, Path image) throws IOException {
        Path directory = Files.createDirectories(image.resolve("lib"));
        List<String> names = new ArrayList<>();
        for (Path element : classPath) {
            Path library = free(directory, Files.isDirectory(element)
                    ? plugin + "-classes" + (names.isEmpty() ? "" : "-" + names.size()) + ".jar"
                    : String.valueOf(element.getFileName()).replaceAll("[^A-Za-z0-9._+-]", "_"));
            if (Files.isDirectory(element)) {
                pack(element, library);
            } else {
                Files.copy(element, library);
            }
            Files.setLastModifiedTime(library, timeFor(library));
            names.add("lib/" + library.getFileName());
        }
        return names;
    }

    /** {@return a free path for a jar} Artifacts of different groups may have the same file name. */
    private static Path free(Path directory, String name) {
        Path library = directory.resolve(name);
        for (int i = 2; Files.exists(library); i++) {
            library = directory.resolve(i + "-" + name);
        }
        return library;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : Directories.files(classes)) {
                JarEntry entry = new JarEntry(name);
                entry.setTimeLocal(SOME_TIME);
                out.putNextEntry(entry);
                Files.copy(classes.resolve(name), out);
            }
        }
    }

    /**
     * Jars with the same bytes get the same time, others a different one: the JVM considers a start-up cache valid if size and
     * time of the jars are those with which it was made.
     */
    private static FileTime timeFor(Path jar) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return FileTime.from(FIRST_TIME.plusSeconds(Math.floorMod(ByteBuffer.wrap(digest).getLong(), TIMES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
