package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;

/** An exporter in another process. */
final class RemoteExporter extends RemoteConnector implements Exporter {

    RemoteExporter(Connection connection, InitResponse description) {
        super(connection, Rpc.EXPORTER, description);
    }

    /**
     * Only ending the stream can tell the plugin that a content broke in the middle. So the remaining records go over a new
     * stream, which begins with the directories that contain them.
     */
    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        SentDirectories directories = new SentDirectories();
        ConnectorRecord record = records.next();
        do {
            directories.newStream();
            record = new ExportStream(connection, path(Rpc.EXPORT), directories, results).run(record, records);
        } while (record != null);
    }
}
