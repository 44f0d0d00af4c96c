package dev.kloset.testkit.subject;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes jars of the directories of a class path, since a start-up cache keeps no classes that come from a directory.
 *
 * @param target where the jars are made
 */
record ClassPathJars(Path target) {

    /** More than the classes of any plugin. A directory with large files for tests costs more to copy than a cache saves. */
    private static final long MOST = 64L << 20;

    /**
     * {@return the same class path, with jars instead of directories}
     *
     * @throws IOException if a directory has more than what is worth a copy, or cannot be read
     */
    String of(String classPath) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            entries.add(!entry.isEmpty() && Files.isDirectory(path) ? jar(path, entries.size()).toString() : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private Path jar(Path directory, int number) throws IOException {
        Path jar = target.resolve(number + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)));
                Stream<Path> tree = Files.walk(directory)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            long left = MOST;
            for (Path path : (Iterable<Path>) tree.filter(each -> !each.equals(directory))::iterator) {
                left -= Files.size(path);
                if (left < 0) {
                    throw new IOException(directory + " has more than " + MOST + " bytes");
                }
                add(directory, path, out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return jar;
    }

    private static void add(Path directory, Path path, ZipOutputStream out) throws IOException {
        String name = directory.relativize(path).toString().replace(File.separatorChar, '/');
        boolean isDirectory = Files.isDirectory(path);
        out.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
        if (!isDirectory) {
            Files.copy(path, out);
        }
        out.closeEntry();
    }
}
