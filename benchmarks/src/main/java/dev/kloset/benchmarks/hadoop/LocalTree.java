package dev.kloset.benchmarks.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How much is in a directory of the local disk. Checksums that Hadoop writes beside its copies do not count.
 *
 * @param files how many files
 */
record LocalTree(long files, long bytes) {

    static LocalTree of(Path root) throws IOException {
        long files = 0;
        long bytes = 0;
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    if (!file.toString().endsWith(".crc")) {
                        files++;
                        bytes += Files.size(file);
                    }
                }
            }
        }
        return new LocalTree(files, bytes);
    }

    double megabytes() {
        return bytes / 1e6;
    }

    /** Fail if a copy is not whole: no candidate may win by that. */
    static void requireSame(String who, LocalTree copy, LocalTree source) throws IOException {
        if (!copy.equals(source)) {
            throw new IOException(who + " copied " + copy + " of " + source);
        }
    }
}
