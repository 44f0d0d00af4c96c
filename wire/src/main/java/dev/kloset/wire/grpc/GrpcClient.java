package dev.kloset.wire.grpc;

import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.StreamEndedException;
import dev.kloset.wire.http2.StreamTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection as client. */
public final class GrpcClient implements AutoCloseable {

    private final GrpcLimits limits;
    private final SpareArrays spares;
    private final Http2Connection connection;

    private GrpcClient(InputStream in, OutputStream out, GrpcLimits limits) {
        this.limits = limits;
        this.spares = new SpareArrays(limits.maxSpareBytes());
        this.connection = Http2Connection.client(in, out, limits.http2(true));
    }

    /** Speak to the server at the other end of the two streams. Does not wait for it. */
    public static GrpcClient connect(InputStream in, OutputStream out, GrpcLimits limits) {
        return new GrpcClient(in, out, limits);
    }

    /**
     * Wait until the server has shown that it speaks HTTP/2.
     *
     * @throws IOException if something else came, the stream ended, or nothing came within {@code patience}
     */
    public void awaitReady(Duration patience) throws IOException, InterruptedException {
        if (!connection.awaitReady(patience)) {
            throw new IOException("the plugin did not speak HTTP/2 within " + inWords(patience));
        }
        if (connection.hasEnded()) {
            throw new IOException(connection.endReason(), connection.failure());
        }
    }

    /**
     * Begin a call. Waits while the server has no room for another one.
     *
     * @param path such as {@code /importer.Importer/Init}
     * @throws StatusException with UNAVAILABLE if the connection has ended, or takes no new calls
     */
    public ClientCall call(String path) throws IOException, InterruptedException {
        return call(path, Long.MAX_VALUE);
    }

    /**
     * Begin a call that must be over within {@code limit}, including the wait for the server's room; see {@link
     * ClientCall#deadline}.
     *
     * @throws StatusException with DEADLINE_EXCEEDED if the server had no room in that time, otherwise as {@link #call(String)}
     */
    public ClientCall call(String path, Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ClientCall call = call(path, limit.toNanos());
        call.deadline(limit, start);
        return call;
    }

    private ClientCall call(String path, long patienceNanos) throws IOException, InterruptedException {
        HeaderBlock headers = HeaderBlock.builder()
                .add(":method", "POST")
                .add(":scheme", "http")
                .add(":path", path)
                .add(":authority", "127.0.0.1:0")
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .build();
        try {
            return connection
                    .open(headers, patienceNanos, stream -> new ClientCall(path, stream, limits, spares).listener())
                    .call();
        } catch (StreamTimeoutException _) {
            throw new StatusException(StatusCode.DEADLINE_EXCEEDED, "cannot call " + path
                    + ": the plugin took no further call within " + inWords(Duration.ofNanos(patienceNanos)));
        } catch (StreamEndedException e) {
            throw new StatusException(StatusCode.UNAVAILABLE, "cannot call " + path + ": " + e.getMessage());
        }
    }

    /** {@return why the connection ended; null while it lives and after a clean end} */
    public @Nullable IOException failure() {
        return connection.failure();
    }

    /** Cancel every call and close the stream towards the server, which makes the server end. */
    @Override
    public void close() {
        connection.close();
    }

    static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
