package dev.kloset.benchmarks.job;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Options;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Series;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Restores to a destination that takes a fixed time for every file: first one file at a time, then many. */
public final class UploadJob {

    private static final byte[] BYTES = new byte[4096];
    private static final int[] WORKERS = { 1, 16, 32 };

    private UploadJob() {}

    public static List<Result> run(int files, int runs) throws IOException, InterruptedException {
        String job = "restore " + files + " files to a destination that takes " + SlowDestination.LATENCY.toMillis()
                + " ms for each";
        List<Result> results = new ArrayList<>();
        for (int workers : WORKERS) {
            double[] rates = new double[runs];
            for (int i = 0; i < runs; i++) {
                rates[i] = files / seconds(files, workers);
            }
            String name = workers == 1 ? "RecordSource.forEach" : "ParallelExport, " + workers + " workers";
            results.add(new Result(job, name, "files/s", Series.of(rates)));
        }
        return results;
    }

    private static double seconds(int files, int workers) throws IOException, InterruptedException {
        ProcessHandle.Info own = ProcessHandle.current().info();
        PluginCommand command = PluginCommand
                .builder(Path.of(own.command().orElseThrow()))
                .args(List.of("-cp", System.getProperty("java.class.path"), SlowDestination.class.getName(),
                        String.valueOf(workers)))
                .name("slow")
                .build();
        ConnectorContext context = ConnectorContext.of("slow", ConnectorConfig.of(Map.of("location", "slow://x")),
                Options.builder().build());
        try (PluginProcess process = PluginProcess.start(command); Exporter exporter = process.exporter(context)) {
            Restore restore = new Restore(files);
            long before = System.nanoTime();
            exporter.exportRecords(restore, restore);
            double seconds = (System.nanoTime() - before) / 1e9;
            restore.check();
            return seconds;
        }
    }

    /** Offers small files and counts their results. */
    private static final class Restore implements RecordSource, ResultSink {

        private final AtomicInteger done = new AtomicInteger();
        private final int files;
        private int given;

        Restore(int files) {
            this.files = files;
        }

        @Override
        public @Nullable ConnectorRecord next() {
            return given == files
                    ? null
                    : FileRecord.file("/f" + given++, BYTES.length, Instant.EPOCH, Content.of(BYTES));
        }

        @Override
        public void ok(ConnectorRecord record) {
            done.incrementAndGet();
        }

        @Override
        public void error(ConnectorRecord record, String message) throws IOException {
            throw new IOException(message);
        }

        void check() throws IOException {
            if (done.get() != files) {
                throw new IOException("only " + done + " files were restored");
            }
        }
    }
}
