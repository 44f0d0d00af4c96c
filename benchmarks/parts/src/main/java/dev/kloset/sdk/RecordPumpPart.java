package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.stdio.MemoryPipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures one record of an import and its acknowledgement, through pipes in memory. The host in this process only counts the
 * records, and has its acknowledgements ready.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordPumpPart {

    private static final int RECORDS = 10_000;

    private final List<ConnectorRecord> records = new ArrayList<>();
    private final ByteBuffer[] acknowledgements = new ByteBuffer[RECORDS];
    private final MemoryPipe requests = new MemoryPipe();
    private final MemoryPipe answers = new MemoryPipe();
    private final GrpcServer server = GrpcServer.start(requests.in(), answers.out(),
            Services.importer(context -> new Source(records), new HostContext()), GrpcLimits.defaults());
    private final GrpcClient client = GrpcClient.connect(answers.in(), requests.out(), GrpcLimits.defaults());

    /** Emits the same records again and again. */
    private record Source(List<ConnectorRecord> records) implements Importer {
        @Override
        public String origin() {
            return "benchmark";
        }

        @Override
        public String type() {
            return "benchmark";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void importRecords(RecordSink sink) throws IOException, InterruptedException {
            for (ConnectorRecord record : records) {
                sink.emit(record);
            }
        }
    }

    @Setup
    public void start() throws IOException, InterruptedException {
        for (int i = 0; i < RECORDS; i++) {
            ConnectorRecord record = FileRecord.file("/home/somebody/documents/2026/letter-" + i + ".txt", 4096,
                    Instant.EPOCH.plusNanos(i), Content.of(new byte[16]));
            records.add(record);
            acknowledgements[i] = new ImportRequest(new WireResult(WireRecord.of(record), null)).encode();
        }
        try (ClientCall call = client.call(Rpc.IMPORTER + Rpc.INIT)) {
            call.unary(new InitRequest(Options.builder().build(), "benchmark",
                    Map.of("location", "benchmark://x")).encode());
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int recordAndAcknowledgement() throws IOException, InterruptedException {
        try (ClientCall call = client.call(Rpc.IMPORTER + Rpc.IMPORT)) {
            for (int i = 0; i < RECORDS; i++) {
                call.receive();
                call.sendBuffered(acknowledgements[i].duplicate());
            }
            call.receive(); // the end of the records
            call.halfClose();
            return call.receive() == null ? RECORDS : 0;
        }
    }

    @TearDown
    public void stop() throws InterruptedException {
        client.close();
        server.awaitEnd();
    }
}
