package dev.kloset.sdk;

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
import java.io.IOException;
import java.nio.ByteBuffer;

/** The beginning of a backup: some records, the content of a few of them. The source may be endless. */
final class ImportTraining {

    private static final String SERVICE = "/importer.Importer/";
    private static final int MAX_RECORDS = 50;
    private static final int MAX_OPENED = 4;
    private static final int MAX_BYTES = 1 << 20;

    private final TrainingHost host;
    private final TrainingLocation location;
    private int opened;

    ImportTraining(TrainingHost host, TrainingLocation location) {
        this.host = host;
        this.location = location;
    }

    void run() throws IOException, InterruptedException {
        host.init(SERVICE, location);
        try (ClientCall call = host.call(SERVICE + "Import")) {
            if (someRecords(call)) {
                call.halfClose();
                call.receive();
            }
        }
        host.close(SERVICE);
    }

    /** {@return whether these were all records} */
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
        try (ClientCall call = host.call(SERVICE + "Open")) {
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
