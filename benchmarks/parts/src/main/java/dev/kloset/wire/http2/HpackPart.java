package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.frame.HpackDecoder;
import dev.kloset.wire.protobuf.Rpc;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures the header block of a call, as a client without a table sends it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HpackPart {

    private final HpackDecoder decoder = new HpackDecoder(1 << 14);
    private final byte[] block = call().bytes();

    private static HeaderBlock call() {
        return HeaderBlock.builder()
                .add(":method", "POST")
                .add(":scheme", "http")
                .add(":path", Rpc.IMPORTER + Rpc.OPEN)
                .add(":authority", "localhost")
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .build();
    }

    @Benchmark
    public HeaderBlock encode() {
        return call();
    }

    @Benchmark
    public Headers decode() throws ConnectionError {
        return decoder.decode(block, 0, block.length);
    }
}
