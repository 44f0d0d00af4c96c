package dev.kloset.files.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Contents with holes. */
@EnabledOnOs(OS.LINUX)
class SparseContentTest {

    private static final int BLOCK = 1 << 20;
    /** What this thread has read, as the kernel counts it. */
    private static final Path COUNTS = Path.of("/proc/thread-self/io");

    @TempDir
    Path directory;

    private Path file(long size, long... dataAt) throws IOException {
        Path file = directory.resolve("f");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at : dataAt) {
                channel.write(ByteBuffer.wrap(data(at)), at);
            }
            if (channel.size() < size) {
                channel.write(ByteBuffer.wrap(new byte[1]), size - 1); // a byte, because Java cannot lengthen a file
            }
        }
        return file;
    }

    private static byte[] data(long seed) {
        byte[] bytes = new byte[BLOCK];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static InputStream open(Path file) throws IOException {
        try (SourceTree tree = SourceTree.open(file); SourceFile source = tree.hold(SourcePlace.start("/f"))) {
            return source.read();
        }
    }

    private static long read() throws IOException {
        return Files.readAllLines(COUNTS)
                .stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .sum();
    }

    @Test
    void holesAreNotReadFromTheDisk() throws Exception {
        assumeTrue(Files.isReadable(COUNTS), "this kernel does not count what a thread reads");
        long size = 6L << 30;
        Path file = file(size, 0, 3L << 30);
        byte[] buffer = new byte[BLOCK];
        long before = read();
        long got = 0;
        try (InputStream in = open(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                got += count;
            }
        }
        assertThat(got).isEqualTo(size);
        assertThat(read() - before).isBetween(2L * BLOCK, 16L * BLOCK);
    }

    @Test
    void everyByteComesWhereverTheHolesAre() throws Exception {
        Path file = file(20L * BLOCK, 0, 5L * BLOCK, 6L * BLOCK, 13L * BLOCK);
        byte[] expected = Files.readAllBytes(file);
        for (int length : new int[]{ 1 << 10, 100_003, 3 * BLOCK }) {
            try (InputStream in = open(file)) {
                byte[] got = new byte[expected.length + 1];
                int end = 0;
                for (int count = in.read(got, 0, length); count >= 0; count = in.read(got, end,
                        Math.min(length, got.length - end))) {
                    end += count;
                }
                assertThat(end).isEqualTo(expected.length);
                assertThat(Arrays.equals(got, 0, end, expected, 0, end)).as("in pieces of %d", length).isTrue();
            }
        }
    }

    @Test
    void aFileThatIsOneHoleIsItsZeros() throws Exception {
        Path file = directory.resolve("f");
        assertThat(new ProcessBuilder("truncate", "--size=3000000", file.toString()).start().waitFor()).isZero();
        try (InputStream in = open(file)) {
            assertThat(in.readAllBytes()).hasSize(3_000_000).containsOnly(0);
        }
    }

    @Test
    void whatIsAppendedOrCutOffMeanwhileIsReadAsItIs() throws Exception {
        Path file = file(0, 0, 4L * BLOCK);
        try (InputStream in = open(file)) {
            assertThat(in.readNBytes(2 * BLOCK)).hasSize(2 * BLOCK);
            Files.write(file, data(99), StandardOpenOption.APPEND);
            byte[] rest = in.readAllBytes();
            assertThat(rest).hasSize(4 * BLOCK).endsWith(data(99));
        }
        try (InputStream in = open(file)) {
            assertThat(in.readNBytes(2 * BLOCK)).hasSize(2 * BLOCK);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(BLOCK);
            }
            assertThat(in.readAllBytes().length).isLessThanOrEqualTo(4 * BLOCK);
        }
    }
}
