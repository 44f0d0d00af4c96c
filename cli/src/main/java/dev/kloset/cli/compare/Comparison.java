package dev.kloset.cli.compare;

import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Compares everything that two importers list. Both are read at once and sorted by their paths; only then is it known what each
 * side can express, and the two are compared path by path.
 *
 * <p>The memory does not depend on the number of entries: each side holds {@value #MEMORY} bytes of entries, and writes the others
 * to files in the directory, some 300 bytes each.
 */
public final class Comparison {

    static final long MEMORY = 32L << 20;

    /** How long a cancelled side may take to end, before its owner closes it by force. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path directory;
    private final Excludes excludes;
    private final Set<Aspect> ignored;
    private final int concurrency;
    private final long memory;
    private final Map<String, Long> differences = new TreeMap<>();

    /**
     * @param directory an empty directory for sorted files; its owner deletes it
     * @param concurrency how many contents are open at once on each side
     */
    public Comparison(Path directory, Excludes excludes, Set<Aspect> ignored, int concurrency) {
        this(directory, excludes, ignored, concurrency, MEMORY);
    }

    Comparison(Path directory, Excludes excludes, Set<Aspect> ignored, int concurrency, long memory) {
        this.directory = directory;
        this.excludes = excludes;
        this.ignored = Set.copyOf(ignored);
        this.concurrency = concurrency;
        this.memory = memory;
    }

    /**
     * Compare. Call it once.
     *
     * @throws IOException if one side failed as a whole; what it could not read of single entries is a difference
     */
    public Verdict run(Side a, Side b, DifferenceListener listener) throws IOException, InterruptedException {
        ExecutorService sides = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("compare-side-", 1).factory());
        try {
            ExecutorCompletionService<EntrySorter> reading = new ExecutorCompletionService<>(sides);
            Future<EntrySorter> first = reading.submit(read(a, "a"));
            Future<EntrySorter> second = reading.submit(read(b, "b"));
            result(reading.take()); // the side that fails first ends the comparison
            result(reading.take());
            return compare(a, b, result(first), result(second), listener);
        } finally {
            sides.shutdownNow();
            sides.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Callable<EntrySorter> read(Side side, String name) {
        return () -> side.read(directory, name, memory, excludes, concurrency);
    }

    private static EntrySorter result(Future<EntrySorter> side) throws IOException, InterruptedException {
        try {
            return side.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private Verdict compare(Side a, Side b, EntrySorter ofA, EntrySorter ofB, DifferenceListener listener)
            throws IOException {
        Policy policy = Policy.of(a.traits(), b.traits(), ignored);
        DifferenceListener counting = difference -> {
            differences.merge(difference.what(), 1L, Long::sum);
            listener.differs(difference);
        };
        HardLinks links = new HardLinks(directory, memory / 4);
        try (SortedEntries allA = ofA.sorted(); SortedEntries allB = ofB.sorted()) {
            new Join(allA, allB, policy, counting, links).run();
        }
        if (policy.compares(Aspect.HARDLINKS)) {
            links.finish(counting);
        }
        return new Verdict(a.traits(), b.traits(), differences, policy.leftOut(), policy.timeUnit());
    }
}
