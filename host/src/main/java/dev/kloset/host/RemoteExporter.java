package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.wire.codec.InitResponse;
import java.io.IOException;

/** An exporter in another process. */
final class RemoteExporter extends RemoteConnector implements Exporter {

    RemoteExporter(Connection connection, InitResponse description) {
        super(connection, "/plakar.exporter.Exporter/", description);
    }

    /**
     * A content that breaks in the middle can only be told to the plugin by ending the stream, so the rest goes over a
     * new one, which begins with the directories that the rest lies in.
     */
    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        SentDirectories directories = new SentDirectories();
        ConnectorRecord record = records.next();
        do {
            directories.newStream();
            record = new ExportStream(connection, path("Export"), directories, results).run(record, records);
        } while (record != null);
    }
}
