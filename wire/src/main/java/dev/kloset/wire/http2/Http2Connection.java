package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ConnectionError;
import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.FrameReader;
import dev.kloset.wire.frame.HeaderBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Either end of one connection over two byte streams. It has two daemon threads: one reads and notifies the listeners, one
 * writes. Neither ever waits for the other, so each end always reads.
 *
 * <p>It ends when the other end is gone, when the other end breaks the protocol, or on {@link #close}. Then every stream fails,
 * and every wait ends.
 */
public final class Http2Connection implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_QUOTE = 80;

    /** After a failed write the other end may have left a last message to be read: why it is gone. */
    private static final long LAST_WORD_MILLIS = 1000;

    private final boolean client;
    private final String peer;
    private final Http2Limits limits;
    private final SendQueue out;
    private final Streams streams = new Streams();
    private final StreamOpenings openings;
    private final SendScheduler scheduler;
    private final StreamFrames streamFrames;
    private final FrameDispatcher inbound;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final AtomicLong bytesMoved = new AtomicLong();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable IOException failure;
    private volatile String endReason = "";

    private Http2Connection(InputStream in, OutputStream out, Http2Limits limits, @Nullable StreamAcceptor acceptor) {
        this.client = acceptor == null;
        this.peer = client ? "the plugin" : "the host";
        this.limits = limits;
        this.out = new SendQueue(limits);
        this.openings = new StreamOpenings(this.out, streams);
        this.scheduler = new SendScheduler(this.out, streams, openings);
        this.streamFrames = new StreamFrames(this.out, scheduler, openings, streams, limits, acceptor);
        this.inbound = new FrameDispatcher(client, this.out, scheduler, openings, streamFrames, limits);
        this.reader = new FrameReader(in, bytesMoved);
        this.writer = new FrameWriter(this.out, out, limits.maxWriteBytes(), bytesMoved);
    }

    /** Be the server: SETTINGS go out at once, before anything is read. */
    public static Http2Connection server(InputStream in, OutputStream out, Http2Limits limits,
            StreamAcceptor acceptor) {
        return new Http2Connection(in, out, limits, acceptor).start();
    }

    /** Be the client, which assumes that the server speaks HTTP/2. */
    public static Http2Connection client(InputStream in, OutputStream out, Http2Limits limits) {
        return new Http2Connection(in, out, limits, null).start();
    }

    private Http2Connection start() {
        out.begin(client ? PREFACE : new byte[0], client, limits);
        Thread.ofPlatform().daemon().name("kloset-writer").start(this::write);
        Thread.ofPlatform().daemon().name("kloset-reader").start(this::read);
        return this;
    }

    /**
     * Open a stream. Waits while the other end takes no more.
     *
     * @param patienceNanos how long to wait; {@link Long#MAX_VALUE} for as long as it takes
     * @param listener makes the listener for the stream; must not use the stream yet, nor block
     * @return that listener
     * @throws StreamEndedException if no more streams can be opened
     * @throws StreamTimeoutException if the other end took none in time
     */
    public <L extends StreamListener> L open(HeaderBlock headers, long patienceNanos, Function<Http2Stream, L> listener)
            throws IOException, InterruptedException {
        return openings.open(headers, patienceNanos, streamFrames::newStream, listener);
    }

    /** {@return whether, within {@code patience}, the other end has shown that it speaks HTTP/2, or the connection has ended} */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return inbound.ready().await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Wait until the connection has ended and every stream has failed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** {@return how many bytes have been read and written so far} Shows whether anything moves. */
    public long bytesMoved() {
        return bytesMoved.get();
    }

    /** {@return how many bytes wait to be written} */
    public int bytesQueued() {
        return out.queuedBytes();
    }

    /** {@return why the connection ended, null while it lives and after a clean end} */
    public @Nullable IOException failure() {
        return failure;
    }

    /** {@return why the connection ended, in words, whether or not that was a failure; empty while it lives} */
    public String endReason() {
        return endReason;
    }

    /** End the connection and close the stream towards the other end. Does not wait. */
    @Override
    public void close() {
        end(null, "the connection to " + peer + " was closed");
        writer.close();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever happens here, waiting threads must learn that the connection has ended
    private void write() {
        try {
            writer.run();
        } catch (Throwable e) {
            String reason = "cannot write to " + peer + ": " + (e instanceof IOException ? e.getMessage() : e);
            scheduler.stop(reason);
            awaitLastWord();
            fail(reason, e);
        } finally {
            writer.finish();
        }
    }

    private void awaitLastWord() {
        try {
            ended.await(LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // no other code knows this thread; if it is interrupted anyway, do not wait
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever happens here, waiting threads must learn that the connection has ended
    private void read() {
        out.reading();
        try {
            if (begins()) {
                reader.readFrames(inbound);
                endOfInput();
            }
        } catch (ConnectionError e) {
            sayGoodbye(e);
            fail(peer + " broke HTTP/2: " + e.getMessage(), e);
        } catch (Throwable e) {
            fail("cannot read from " + peer + ": " + (e instanceof IOException ? e.getMessage() : e), e);
        } finally {
            out.wakeWriterNow();
        }
    }

    private boolean begins() throws IOException {
        if (client ? reader.startsWithSettings() : reader.startsWith(PREFACE)) {
            return true;
        }
        if (!reader.isEmpty()) {
            String where = client ? " to its standard output" : "";
            fail(peer + " wrote " + reader.quote(MAX_QUOTE) + where + " instead of HTTP/2", null);
        } else if (client) {
            fail(peer + " ended before it spoke HTTP/2", null);
        } else {
            endOfInput();
        }
        return false;
    }

    private void endOfInput() {
        String goodbye = inbound.goodbye();
        if (goodbye == null) {
            end(null, peer + " ended the connection");
        } else {
            fail(goodbye, null);
        }
    }

    private void sayGoodbye(ConnectionError error) {
        String text = error.getMessage() == null ? "" : error.getMessage();
        out.goAway(streams, error.code(), text.getBytes(StandardCharsets.UTF_8));
    }

    private void fail(String reason, @Nullable Throwable cause) {
        end(new IOException(reason, cause), reason);
    }

    private void end(@Nullable IOException why, String reason) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        failure = why;
        endReason = reason;
        scheduler.stop(reason);
        StreamFailure failed = new StreamFailure(StreamFailure.Origin.CONNECTION, ErrorCode.CANCEL, reason);
        try {
            streams.snapshot().forEach(stream -> fail(stream, failed));
        } finally {
            // In this order: a thread that waits for SETTINGS in vain must see that the connection has ended.
            ended.countDown();
            inbound.ready().countDown();
        }
    }

    /** A listener that fails must not keep the failure from the other streams. */
    private static void fail(Http2Stream stream, StreamFailure reason) {
        try {
            stream.fail(reason, false);
        } catch (RuntimeException | Error e) {
            System.getLogger(Http2Connection.class.getName())
                    .log(System.Logger.Level.WARNING, "a stream did not end", e);
        }
    }
}
