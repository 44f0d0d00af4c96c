package dev.kloset.benchmarks.job;

import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.StopWatch;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.benchmarks.measure.Trees;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One restore of a tree by a fresh process, driven by our host. */
final class Restore {

    private final Path tree;
    private final Iterator<Path> paths;
    private long records;
    private long bytes;

    private Restore(Path tree, List<Path> paths) {
        this.tree = tree;
        this.paths = paths.iterator();
    }

    /** {@return the cost of restoring {@code tree} to a new directory beside it, which is deleted afterwards} */
    static Transfer of(Candidate candidate, Path tree) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(tree.getParent(), "restored");
        try (PluginProcess process = candidate.start(Map.of());
                Exporter exporter = candidate.exporter(process, target);
                Stream<Path> paths = Files.walk(tree)) {
            Restore restore = new Restore(tree, paths.skip(1).toList());
            Answers answers = new Answers();
            StopWatch watch = StopWatch.start(process.pid());
            exporter.exportRecords(restore::next, answers);
            Transfer transfer = watch.stop(restore.records, restore.bytes);
            answers.check(restore.records);
            return transfer;
        } finally {
            Trees.delete(target);
        }
    }

    private @Nullable ConnectorRecord next() throws IOException {
        if (!paths.hasNext()) {
            return null;
        }
        Path path = paths.next();
        FileInfo info = FileInfo.of(path);
        String pathname = "/" + tree.relativize(path);
        records++;
        if (!info.mode().isRegular()) {
            return FileRecord.of(pathname, info);
        }
        bytes += info.size();
        return FileRecord.file(pathname, info, () -> Files.newInputStream(path));
    }

    /** Counts what was restored: a candidate that restores less must not win by that. */
    private static final class Answers implements ResultSink {

        private final LongAdder restored = new LongAdder();
        private final AtomicReference<@Nullable String> error = new AtomicReference<>();

        @Override
        public void ok(ConnectorRecord record) {
            restored.increment();
        }

        @Override
        public void error(ConnectorRecord record, String message) {
            error.compareAndSet(null, message);
        }

        void check(long records) throws IOException {
            String first = error.get();
            if (first != null) {
                throw new IOException(first);
            }
            if (restored.sum() != records) {
                throw new IOException(restored.sum() + " of " + records + " records were restored");
            }
        }
    }
}
