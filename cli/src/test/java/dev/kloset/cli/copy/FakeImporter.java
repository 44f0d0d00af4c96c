package dev.kloset.cli.copy;

import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;

/** An importer in this process that follows the script of a test. */
record FakeImporter(String root, Listing listing) implements Importer {

    interface Listing {
        void emitAll(RecordSink records) throws IOException, InterruptedException;
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        listing.emitAll(records);
    }

    @Override
    public String origin() {
        return "test";
    }

    @Override
    public String type() {
        return "fake";
    }
}
