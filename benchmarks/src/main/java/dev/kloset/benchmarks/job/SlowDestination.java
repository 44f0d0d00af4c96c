package dev.kloset.benchmarks.job;

import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.ParallelExport;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A plugin whose destination takes a fixed time for every file. The argument says how many files it works on at once. */
record SlowDestination(int workers) implements Exporter {

    static final Duration LATENCY = Duration.ofMillis(50);

    public static void main(String[] args) {
        int workers = Integer.parseInt(args[0]);
        Entrypoint.exporter(new String[0], context -> new SlowDestination(workers));
    }

    @Override
    public String origin() {
        return "benchmark";
    }

    @Override
    public String type() {
        return "slow";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        RecordHandler upload = record -> {
            if (record instanceof FileRecord file && file.content().isPresent()) {
                try (InputStream in = file.content().get().open()) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                Thread.sleep(LATENCY);
            }
        };
        if (workers == 1) {
            records.forEach(results, upload);
        } else {
            ParallelExport.with(workers).forEach(records, results, upload);
        }
    }
}
