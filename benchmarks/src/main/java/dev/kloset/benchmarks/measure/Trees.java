package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the trees to import. The same call makes the same tree. */
public final class Trees {

    private static final int PER_DIRECTORY = 250;
    private static final int LINKS_OF_A_FILE = 50_000; // ext4 allows 65,000
    private static final int BLOCK = 1 << 20;
    private static final long SEED = 20261125;

    private Trees() {}

    /** {@return a tree of {@code count} files of {@code size} bytes, at {@code root}} Reuses a tree that already exists. */
    public static Path make(Path root, int count, long size) throws IOException {
        return make(root, count, size, SEED);
    }

    /** {@return the same with other bytes for each seed} */
    public static Path make(Path root, int count, long size, long seed) throws IOException {
        Path done = root.resolveSibling(root.getFileName() + ".made");
        if (Files.exists(done)) {
            return root;
        }
        Random random = new Random(seed);
        byte[] block = new byte[(int) Math.min(size, BLOCK)];
        for (int i = 0; i < count; i++) {
            Path directory = root.resolve("d" + i / PER_DIRECTORY);
            if (i % PER_DIRECTORY == 0) {
                Files.createDirectories(directory);
            }
            try (OutputStream out = Files.newOutputStream(directory.resolve("file" + i))) {
                for (long written = 0; written < size; written += block.length) {
                    random.nextBytes(block);
                    out.write(block, 0, (int) Math.min(block.length, size - written));
                }
            }
        }
        Files.createFile(done);
        return root;
    }

    /** Change the content and the time of {@code changed} of the {@code count} files of a tree, evenly spread. */
    public static void change(Path root, int count, int changed) throws IOException {
        for (int i = 0; i < changed; i++) {
            int file = (int) ((long) i * count / changed);
            Files.writeString(root.resolve("d" + file / PER_DIRECTORY).resolve("file" + file), "changed at "
                    + System.nanoTime());
        }
    }

    /** {@return a tree of {@code count} names at {@code root}} Very many of the names belong to one empty file. */
    public static Path links(Path root, int count) throws IOException {
        Path done = root.resolveSibling(root.getFileName() + ".made");
        if (Files.exists(done)) {
            return root;
        }
        Path file = root;
        for (int i = 0; i < count; i++) {
            Path directory = root.resolve("d" + i / PER_DIRECTORY);
            if (i % PER_DIRECTORY == 0) {
                Files.createDirectories(directory);
            }
            Path name = directory.resolve("file" + i);
            if (i % LINKS_OF_A_FILE == 0) {
                file = Files.createFile(name);
            } else {
                Files.createLink(name, file);
            }
        }
        Files.createFile(done);
        return root;
    }

    /** {@return the total size of all files below a directory} */
    public static long bytes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    /** Delete a directory and everything in it. */
    public static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
