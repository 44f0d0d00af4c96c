package dev.kloset.sdk.internal.training;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrType;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The beginning of a backup: some records, and the contents of a few of them. The source may be endless. */
final class ImportTraining {

    private static final int MAX_RECORDS = 50;
    private static final int MAX_OPENED = 16; // enough for some to be read ahead
    private static final int MAX_BYTES = 1 << 20;

    private final TrainingHost host;
    private final TrainingLocation location;
    private int opened;

    ImportTraining(TrainingHost host, TrainingLocation location) {
        this.host = host;
        this.location = location;
    }

    void run() throws IOException, InterruptedException {
        host.init(Rpc.IMPORTER, location);
        try (ClientCall call = host.call(Rpc.IMPORTER + Rpc.IMPORT)) {
            if (someRecords(call)) {
                call.halfClose();
                call.receive();
            }
        }
        host.close(Rpc.IMPORTER);
    }

    /** {@return whether these were all the records} */
    private boolean someRecords(ClientCall call) throws IOException, InterruptedException {
        for (int records = 0; records < MAX_RECORDS; records++) {
            ByteBuffer message = call.receive();
            WireRecord record = message == null ? null : ImportResponse.decode(message).record();
            if (record == null) {
                return true;
            }
            if (opened < MAX_OPENED) {
                open(record.record());
            }
            call.send(new ImportRequest(new WireResult(new WireRecord(record.record(), false), null)).encode());
        }
        return false;
    }

    private void open(ConnectorRecord record) throws IOException, InterruptedException {
        if (!(record instanceof FileRecord file) || !file.info().mode().isRegular()) {
            return;
        }
        opened++;
        try (ClientCall call = host.call(Rpc.IMPORTER + Rpc.OPEN)) {
            call.sendLast(new OpenRequest(file.pathname(), false, "", XattrType.EXTENDED, file.target()).encode());
            long bytes = 0;
            ByteBuffer message = call.receive();
            while (message != null && bytes < MAX_BYTES) {
                bytes += Chunk.decodeOpen(message).remaining();
                message = call.receive();
            }
        }
    }
}
