package dev.kloset.benchmarks;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.ImportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.codec.WireResult;
import dev.kloset.wire.protobuf.MalformedMessageException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures the messages of an import, one of each kind. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecPart {

    private final ConnectorRecord record = FileRecord.file("/home/somebody/documents/2026/a letter.txt", 4096,
            Instant.parse("2026-11-25T12:00:00.123456789Z"), Content.of(new byte[16]));
    private final ByteBuffer encodedRecord = ImportResponse.encodeRecord(record);
    private final ImportRequest acknowledgement = new ImportRequest(new WireResult(WireRecord.of(record), null));
    private final ByteBuffer encodedAcknowledgement = acknowledgement.encode();

    @Benchmark
    public ByteBuffer encodeRecord() {
        return ImportResponse.encodeRecord(record);
    }

    @Benchmark
    public ImportResponse decodeRecord() throws MalformedMessageException {
        return ImportResponse.decode(encodedRecord.duplicate());
    }

    @Benchmark
    public ByteBuffer encodeAcknowledgement() {
        return acknowledgement.encode();
    }

    @Benchmark
    public ImportRequest decodeAcknowledgement() throws MalformedMessageException {
        return ImportRequest.decode(encodedAcknowledgement.duplicate());
    }

    @Benchmark
    public ByteBuffer encodeHeadOfChunk() {
        return Chunk.openHead(1 << 16);
    }
}
