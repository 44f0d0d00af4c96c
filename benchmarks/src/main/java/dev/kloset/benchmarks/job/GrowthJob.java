package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Size;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats the same work at ten times the size, again and again: cost must grow as the work does, and memory not at all. Trees
 * consist of hard links to few empty files, so that ten million need no inodes; a content is one sparse file, whose zeros the
 * file system makes.
 */
public final class GrowthJob {

    /** As it is named on the command line. */
    public static final String JOB = "growth";

    /** The curve of listings, by records. */
    public static final String LIST = "list";

    /** The curve of one file that is read, by GiB. */
    public static final String READ = "read";

    private static final long GIBIBYTE = 1L << 30;

    private final Environment environment;
    private final List<Candidate> candidates;
    private final List<Result> results = new ArrayList<>();

    public GrowthJob(Environment environment, List<Candidate> candidates) {
        this.environment = environment;
        this.candidates = List.copyOf(candidates);
    }

    public List<Result> run(Size size) throws IOException, InterruptedException {
        int most = size.choose(1_000, 100_000, 10_000_000);
        for (int count = size.choose(100, 1_000, 10_000); count <= most; count *= 10) {
            Path tree = Trees.links(environment.directory().resolve("links-" + count), count);
            add(LIST, count, imports(String.format("list %,d hard links", count), tree, 0,
                    runs(size, count >= 1_000_000, count == most)));
        }
        for (int gibibytes = 1; gibibytes <= size.choose(0, 10, 100); gibibytes *= 10) {
            Path file = sparse(gibibytes);
            add(READ, gibibytes, imports("read a sparse file of " + gibibytes + " GiB", file, 1,
                    runs(size, gibibytes > 1, gibibytes >= 100)));
        }
        return results;
    }

    /** {@return the number of runs} Work that takes minutes runs less often: it is long enough to be its own average. */
    private static int runs(Size size, boolean large, boolean largest) {
        return size != Size.FULL ? 1 : largest ? 1 : large ? 3 : 7;
    }

    private void add(String curve, int size, List<Result> reached) {
        reached.forEach(result -> results.add(result.on(curve, size)));
    }

    private List<Result> imports(String what, Path source, int readers, int runs)
            throws IOException, InterruptedException {
        return new ImportJob(what, source, readers, readers > 0, List.of()).runOnce(candidates, environment.goHost(),
                runs);
    }

    private Path sparse(int gibibytes) throws IOException {
        Path directory = Files.createDirectories(environment.directory().resolve("sparse-" + gibibytes));
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("file").toFile(), "rw")) {
            file.setLength(gibibytes * GIBIBYTE);
        }
        return directory;
    }
}
