package dev.kloset.wire.http2;

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
 * One connection over two byte streams, either end of it. Two daemon threads belong to it: one reads and tells the listeners,
 * one writes. Neither ever waits for the other, so each end always reads.
 *
 * <p>It ends when the other end is gone, breaks the protocol, or on {@link #close}. Then every stream fails, and what waits is
 * woken.
 */
public final class Http2Connection implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_QUOTE = 80;

    /** After a failed write the other end may have left a last word to be read: why it is gone. */
    private static final long LAST_WORD_MILLIS = 1000;

    private final boolean client;
    private final String peer;
    private final Http2Limits limits;
    private final Outbound out;
    private final Streams streams = new Streams();
    private final Senders senders;
    private final StreamFrames streamFrames;
    private final Inbound inbound;
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
        this.out = new Outbound(limits);
        this.senders = new Senders(this.out, streams);
        this.streamFrames = new StreamFrames(this.out, senders, streams, limits, acceptor);
        this.inbound = new Inbound(client, this.out, senders, streamFrames, limits);
        this.reader = new FrameReader(in, bytesMoved);
        this.writer = new FrameWriter(this.out, out, limits.maxWriteBytes(), bytesMoved);
    }

    /** Be the server: SETTINGS go out at once, before anything is read. */
    public static Http2Connection server(InputStream in, OutputStream out, Http2Limits limits,
            StreamAcceptor acceptor) {
        return new Http2Connection(in, out, limits, acceptor).start();
    }

    /** Be the client, who knows that the server speaks HTTP/2. */
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
     * @throws StreamEndedException if no stream can be opened any more
     * @throws StreamTimeoutException if the other end took none in time
     */
    public <L extends StreamListener> L open(HeaderBlock headers, long patienceNanos, Function<Http2Stream, L> listener)
            throws IOException, InterruptedException {
        return senders.open(headers, patienceNanos, streamFrames::newStream, listener);
    }

    /** {@return whether the other end has shown within {@code patience} that it speaks HTTP/2, or the connection ended} */
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

    /** {@return how many bytes were read and written so far} For those who want to know whether anything moves. */
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

    /** {@return why the connection ended, in words, whether that was a failure or not; empty while it lives} */
    public String endReason() {
        return endReason;
    }

    /** End the connection and close the stream towards the other end. Waits for nobody. */
    @Override
    public void close() {
        end(null, "the connection to " + peer + " was closed");
        writer.close();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever happens here, those who wait must learn of it
    private void write() {
        try {
            writer.run();
        } catch (Throwable e) {
            String reason = "cannot write to " + peer + ": " + (e instanceof IOException ? e.getMessage() : e);
            senders.stop(reason);
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
            Thread.currentThread().interrupt(); // nobody knows this thread; then do not wait
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever happens here, those who wait must learn of it
    private void read() {
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
        senders.stop(reason);
        StreamFailure failed = new StreamFailure(StreamFailure.Origin.CONNECTION, ErrorCode.CANCEL, reason);
        try {
            streams.snapshot().forEach(stream -> fail(stream, failed));
        } finally {
            // In this order: who waits for SETTINGS in vain must see that the connection has ended.
            ended.countDown();
            inbound.ready().countDown();
        }
    }

    /** One that cannot hear of it must not keep it from the others. */
    private static void fail(Http2Stream stream, StreamFailure reason) {
        try {
            stream.fail(reason, false);
        } catch (RuntimeException | Error e) {
            System.getLogger(Http2Connection.class.getName())
                    .log(System.Logger.Level.WARNING, "a stream did not end", e);
        }
    }
}
