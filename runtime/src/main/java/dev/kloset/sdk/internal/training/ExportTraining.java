package dev.kloset.sdk.internal.training;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ExportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A restore of one directory with one file. */
final class ExportTraining {

    private static final byte[] CONTENT = "a small file\n".getBytes(StandardCharsets.UTF_8);

    private final TrainingHost host;
    private final TrainingLocation location;

    ExportTraining(TrainingHost host, TrainingLocation location) {
        this.host = host;
        this.location = location;
    }

    void run() throws IOException, InterruptedException {
        host.init(Rpc.EXPORTER, location);
        try (ClientCall call = host.call(Rpc.EXPORTER + Rpc.EXPORT)) {
            Instant time = Instant.ofEpochSecond(1_000_000_000);
            send(call, FileRecord.of("/", FileInfo.directory("/", time)));
            send(call, FileRecord.of("/directory", FileInfo.directory("directory", time)));
            send(call, FileRecord.file("/directory/file", CONTENT.length, time, Content.of(CONTENT)));
            call.send(Chunk.exportHead(CONTENT.length), ByteBuffer.wrap(CONTENT));
            call.send(ExportRequest.endMarker());
            call.halfClose();
            ByteBuffer result = call.receive();
            while (result != null) {
                ExportResponse.decode(result);
                result = call.receive();
            }
        }
        host.close(Rpc.EXPORTER);
    }

    private static void send(ClientCall call, ConnectorRecord record) throws IOException, InterruptedException {
        call.send(new ExportRequest(WireRecord.of(record), null).encode());
    }
}
