package dev.kloset.packaging;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** Puts the class path into {@code lib}, in its order. Directories of classes become jars: a start-up cache needs jars. */
final class Libraries {

    private static final LocalDateTime SOME_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final Instant FIRST_TIME = Instant.parse("2000-01-01T00:00:00Z");
    private static final long TIMES = Duration.ofDays(7000).toSeconds();

    private final String plugin;

    Libraries(String plugin) {
        this.plugin = plugin;
    }

    /** {@return the names of the jars, relative to the image} */
    List<String> add(List<Path> classPath, Path image) throws PackagingException, IOException {
        Path directory = Files.createDirectories(image.resolve("lib"));
        List<String> names = new ArrayList<>();
        for (Path element : classPath) {
            String name = Files.isDirectory(element)
                    ? plugin + "-classes" + (names.isEmpty() ? "" : "-" + names.size()) + ".jar"
                    : String.valueOf(element.getFileName()).replaceAll("[^A-Za-z0-9._+-]", "_");
            Path library = directory.resolve(name);
            if (Files.exists(library)) {
                throw new PackagingException(
                        "two jars on the class path are called " + name + ", one of them is " + element
                                + ": exclude one or rename it");
            }
            if (Files.isDirectory(element)) {
                pack(element, library);
            } else {
                Files.copy(element, library, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setLastModifiedTime(library, timeFor(library));
            names.add("lib/" + name);
        }
        return names;
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
     * The same bytes get the same time, other bytes another one: the JVM takes a start-up cache for valid when size and time
     * of the jars are those that it was made with.
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
