package dev.kloset.wire.http2;

import dev.kloset.wire.frame.Frame;
import dev.kloset.wire.frame.FrameBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures one DATA frame on its way to the writer's thread, which writes everything it gets to a stream that takes it all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameWriterPart {

    private static final Http2Limits LIMITS = new Http2Limits(1000, 4096, 65_535, 65_535, 65_535, 0, 0, 1000,
            128 * 1024, 0);
    private static final int RECORD_BYTES = 200;

    private final SendQueue out = new SendQueue(LIMITS);
    private final Condition room = out.lock.newCondition();
    private final byte[] content = new byte[Frame.MAX_PAYLOAD];
    private final Thread writer = Thread.ofPlatform().unstarted(this::write);

    private void write() {
        try {
            new FrameWriter(out, OutputStream.nullOutputStream(), LIMITS.maxWriteBytes(), new AtomicLong()).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Setup
    public void start() {
        out.onRoom(room::signal);
        writer.start();
    }

    @TearDown
    public void stop() throws InterruptedException {
        out.lock.lock();
        try {
            out.stop("measured");
        } finally {
            out.lock.unlock();
        }
        writer.join();
    }

    @Benchmark
    public void largestFrame() throws InterruptedException {
        frame(Frame.MAX_PAYLOAD);
    }

    @Benchmark
    public void frameOfOneRecord() throws InterruptedException {
        frame(RECORD_BYTES);
    }

    private void frame(int length) throws InterruptedException {
        out.lock.lockInterruptibly();
        try {
            while (out.room() < length + Frame.HEADER_BYTES) {
                room.await();
            }
            FrameBuffer pending = out.pending();
            pending.frame(length, Frame.DATA, 0, 1);
            pending.add(content, 0, length);
            if (out.isWorthWriting()) {
                out.wakeWriter();
            }
        } finally {
            out.lock.unlock();
        }
    }
}
