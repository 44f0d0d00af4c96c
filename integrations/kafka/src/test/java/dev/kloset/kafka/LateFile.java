package dev.kloset.kafka;

import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** An exporter whose host has a file only when a gate is open. */
record LateFile(Exporter exporter, String pathname, CountDownLatch gate) implements Exporter {

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        exporter.exportRecords(() -> {
            ConnectorRecord record = records.next();
            if (record != null && record.pathname().equals(pathname)) {
                gate.await();
            }
            return record;
        }, results);
    }

    @Override
    public String origin() {
        return exporter.origin();
    }

    @Override
    public String type() {
        return exporter.type();
    }

    @Override
    public String root() {
        return exporter.root();
    }

    @Override
    public void close() throws IOException {
        exporter.close();
    }
}
