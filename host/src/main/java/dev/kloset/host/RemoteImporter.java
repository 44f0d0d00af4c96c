package dev.kloset.host;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An importer in another process. */
final class RemoteImporter extends RemoteConnector implements Importer {

    RemoteImporter(Connection connection, InitResponse description) {
        super(connection, Rpc.IMPORTER, description);
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        try (ClientCall call = connection.call(path(Rpc.IMPORT))) {
            Acknowledgements acks = new Acknowledgements(call);
            boolean more = receiveRecords(call, records, acks);
            acks.awaitAll();
            if (more) {
                call.halfClose();
                awaitEnd(call);
            }
        }
    }

    /** {@return whether the stream is still open: the plugin said "finished" instead of ending it} */
    private boolean receiveRecords(ClientCall call, RecordSink records, Acknowledgements acks)
            throws IOException, InterruptedException {
        try (LateAnswers.Wait wait = connection.late().forThis("sent a record", acks::areSent)) {
            return receiveRecords(call, records, acks, wait);
        }
    }

    private boolean receiveRecords(ClientCall call, RecordSink records, Acknowledgements acks, LateAnswers.Wait wait)
            throws IOException, InterruptedException {
        for (ByteBuffer message = receive(call, wait); message != null; message = receive(call, wait)) {
            ImportResponse response = connection.decode(ImportResponse::decode, message);
            if (response.finished()) {
                return true;
            }
            WireRecord wire = response.record();
            if (wire == null) {
                throw new IOException("plugin " + connection.command().name() + " sent an empty record");
            }
            acks.expect();
            records.emit(bind(wire.record()), result -> acks.send(wire, result));
        }
        return false;
    }

    /** Read the status after "finished": it may still be a failure, and reading it frees the call. */
    private void awaitEnd(ClientCall call) throws IOException, InterruptedException {
        while (receive(call) != null) {
            // Anything after "finished" has no meaning.
        }
    }

    private @Nullable ByteBuffer receive(ClientCall call, LateAnswers.Wait wait)
            throws IOException, InterruptedException {
        wait.begin();
        try {
            return receive(call);
        } finally {
            wait.end();
        }
    }

    private @Nullable ByteBuffer receive(ClientCall call)
            throws IOException, InterruptedException {
        try {
            return call.receive();
        } catch (IOException e) {
            throw connection.failure(e);
        }
    }

    private ConnectorRecord bind(ConnectorRecord record) {
        return switch (record) {
            case FileRecord file when file.info().mode().isRegular() -> file.withContent(content(
                    new OpenRequest(file.pathname(), false, "", XattrType.EXTENDED, file.target())));
            case FileRecord file -> file;
            case XattrRecord x -> new XattrRecord(x.pathname(), x.name(), x.type(), content(
                    new OpenRequest(x.pathname(), true, x.name(), x.type(), "")));
            case ErrorRecord error -> error;
        };
    }

    private Content content(OpenRequest request) {
        return () -> {
            try {
                return RemoteContent.open(connection, path(Rpc.OPEN), request.encode(), Chunk::decodeOpen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while opening " + request.pathname());
            }
        };
    }
}
