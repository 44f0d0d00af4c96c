package dev.kloset.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same at ten times the size, again and again: cost must grow as the work does, and memory not at all. Trees are of hard links
 * to few empty files, so that ten million need no inodes; a content is one sparse file, whose zeros the file system makes.
 */
final class GrowthJob {

    private static final long GIBIBYTE = 1L << 30;

    private final Ground ground;
    private final List<Contestant> contestants;
    private final List<Result> results = new ArrayList<>();

    GrowthJob(Ground ground, List<Contestant> contestants) {
        this.ground = ground;
        this.contestants = List.copyOf(contestants);
    }

    List<Result> run(Size size) throws IOException, InterruptedException {
        int most = size.choose(1_000, 100_000, 10_000_000);
        for (int count = size.choose(100, 1_000, 10_000); count <= most; count *= 10) {
            Path tree = Trees.links(ground.directory().resolve("links-" + count), count);
            imports(String.format("list %,d hard links", count), tree, 0,
                    runs(size, count >= 1_000_000, count == most));
        }
        for (int gibibytes = 1; gibibytes <= size.choose(0, 10, 100); gibibytes *= 10) {
            Path file = sparse(gibibytes);
            imports("read a sparse file of " + gibibytes + " GiB", file, 1,
                    runs(size, gibibytes > 1, gibibytes >= 100));
        }
        return results;
    }

    /** What takes minutes is done less often: it is long enough to be its own average. */
    private static int runs(Size size, boolean large, boolean largest) {
        return size != Size.FULL ? 1 : largest ? 1 : large ? 3 : 7;
    }

    private void imports(String what, Path source, int readers, int runs) throws IOException, InterruptedException {
        results.addAll(new ImportJob(what, source, readers, readers > 0, List.of()).runOnce(contestants,
                ground.goHost(), runs));
    }

    private Path sparse(int gibibytes) throws IOException {
        Path directory = Files.createDirectories(ground.directory().resolve("sparse-" + gibibytes));
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("file").toFile(), "rw")) {
            file.setLength(gibibytes * GIBIBYTE);
        }
        return directory;
    }
}
