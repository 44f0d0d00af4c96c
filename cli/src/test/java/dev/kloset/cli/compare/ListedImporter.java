package dev.kloset.cli.compare;

import dev.kloset.ConnectorRecord;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** An importer in this process that lists given records below {@code /root}. */
record ListedImporter(Set<LocationFlag> flags, Iterable<ConnectorRecord> records) implements Importer {

    static ListedImporter local(ConnectorRecord... records) {
        return new ListedImporter(Set.of(LocationFlag.LOCALFS), List.of(records));
    }

    static ListedImporter remote(ConnectorRecord... records) {
        return new ListedImporter(Set.of(), List.of(records));
    }

    @Override
    public void importRecords(RecordSink sink) throws IOException, InterruptedException {
        for (ConnectorRecord record : records) {
            sink.emit(record, result -> {});
        }
    }

    @Override
    public String origin() {
        return "test";
    }

    @Override
    public String type() {
        return "listed";
    }

    @Override
    public String root() {
        return "/root";
    }
}
