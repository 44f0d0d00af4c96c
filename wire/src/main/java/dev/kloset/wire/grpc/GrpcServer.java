package dev.kloset.wire.grpc;

import dev.kloset.support.Sentence;
import dev.kloset.wire.http2.Headers;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.StreamFailure;
import dev.kloset.wire.http2.StreamListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection as server. Each call has a thread of its own ({@link CallThreads}). A {@code grpc-timeout} is not looked at: the client
 * resets a call whose time is over, and that cancels it here.
 */
public final class GrpcServer implements AutoCloseable {

    private static final String HTTP_OK = "200";

    /** A cancelled call is off the client's account at once, but its handler takes a moment to end: so many of those. */
    private static final int MAX_ENDING = 4096;

    /** How many handlers may hang, deaf to their cancellation, before calls have to wait for a thread. */
    private static final int MAX_HANGING = 256;

    /** How many cancellations may hang in code of an author before further ones wait. */
    private static final int MAX_CANCELLING = 32;

    private final CallRouter router;
    private final GrpcLimits limits;
    private final int maxRunning;
    private final AtomicInteger running = new AtomicInteger();
    private final Set<ServerCall> calls = ConcurrentHashMap.newKeySet();
    private final CallThreads handlers;
    private final CallThreads cancelling = new CallThreads("kloset-cancel", MAX_CANCELLING);
    private final Http2Connection connection;

    private GrpcServer(InputStream in, OutputStream out, CallRouter router, GrpcLimits limits) {
        this.router = router;
        this.limits = limits;
        int calls = limits.http2().maxConcurrentStreams();
        this.maxRunning = calls + MAX_ENDING;
        this.handlers = new CallThreads("kloset-call", calls + MAX_HANGING);
        this.connection = Http2Connection.server(in, out, limits.http2(), this::accept);
    }

    /** Serve the client at the other end of the two streams. The first frame is on its way before anything is read. */
    public static GrpcServer start(InputStream in, OutputStream out, CallRouter router, GrpcLimits limits) {
        return new GrpcServer(in, out, router, limits);
    }

    /**
     * Wait until the client is gone: end of stream, broken pipe, protocol error. All calls are cancelled by then; what they do when they
     * are cancelled may still run.
     */
    public void awaitEnd() throws InterruptedException {
        connection.awaitEnd();
        closeThreads();
    }

    /** {@return why the connection ended; null while it lives and after a clean end} */
    public @Nullable IOException failure() {
        return connection.failure();
    }

    /** Cancel every call and stop. Says nothing to the client, but closes the stream to it. */
    @Override
    public void close() {
        connection.close();
        closeThreads();
    }

    /** Calls that still run keep their threads; idle ones would live on for a while. */
    private void closeThreads() {
        handlers.close();
        cancelling.close();
    }

    /** {@return how many handlers are running} */
    public int callsInFlight() {
        return running.get();
    }

    /** {@return the calls whose handlers are running} */
    public List<ServerCall> calls() {
        return List.copyOf(calls);
    }

    /** {@return how many bytes were read and written so far} */
    public long bytesMoved() {
        return connection.bytesMoved();
    }

    /** {@return how many bytes wait for the client to read} */
    public int bytesQueued() {
        return connection.bytesQueued();
    }

    private @Nullable StreamListener accept(Http2Stream stream, Headers request) {
        return running.get() < maxRunning ? new Listener(stream, request) : null;
    }

    private void serve(ServerCall call, String httpStatus) {
        try {
            call.begin();
            call.finish(httpStatus, handle(call, httpStatus));
        } catch (Throwable e) {
            call.abort();
            throw e;
        } finally {
            calls.remove(call);
            running.decrementAndGet();
        }
    }

    /** Whatever a handler fails with, it must not touch other calls. */
    private Status handle(ServerCall call, String httpStatus) {
        try {
            if (!httpStatus.equals(HTTP_OK)) {
                return new Status(StatusCode.INTERNAL, call.path() + " was not called as gRPC does it");
            }
            CallHandler handler = router.route(call.path());
            if (handler == null) {
                return new Status(StatusCode.UNIMPLEMENTED, "there is no method " + call.path());
            }
            handler.handle(call);
            return Status.OK;
        } catch (StatusException e) {
            return e.status();
        } catch (Throwable e) {
            return new Status(StatusCode.UNKNOWN, Sentence.of(e));
        }
    }

    private static String httpStatus(Headers request) {
        String type = request.first("content-type");
        if (!"POST".equals(request.first(":method"))) {
            return "405";
        }
        return type != null && type.startsWith(StatusReader.CONTENT_TYPE) ? HTTP_OK : "415";
    }

    /** What comes from the client, on the reader thread. */
    private final class Listener implements StreamListener {

        private final ServerCall call;
        private final MessageAssembler assembler;

        Listener(Http2Stream stream, Headers request) {
            String path = request.first(":path");
            this.call = new ServerCall(path == null ? "" : path, stream, limits, cancelling);
            this.assembler = new MessageAssembler(stream, call.messages(), call.path(),
                    limits.maxInboundMessageBytes(false));
        }

        @Override
        public void headers(Headers headers) {
            String httpStatus = httpStatus(headers);
            running.incrementAndGet();
            calls.add(call); // also while it waits for a thread: the watchdog names it
            try {
                handlers.run(() -> serve(call, httpStatus));
            } catch (OutOfMemoryError e) {
                // The system has no thread for it. We are on the one that reads for all calls: they go on.
                calls.remove(call);
                running.decrementAndGet();
                call.abort();
            }
        }

        @Override
        public void data(byte[] buffer, int offset, int length) {
            Status fault = assembler.add(buffer, offset, length);
            if (fault != null) {
                call.messages().end(() -> new StatusException(fault));
            }
        }

        @Override
        public void trailers(Headers trailers) {
            ended();
        }

        @Override
        public void ended() {
            Status fault = new Status(StatusCode.INTERNAL, "the request of " + call.path() + " ends inside a message");
            call.messages().end(assembler.isBetweenMessages() ? null : () -> new StatusException(fault));
        }

        @Override
        public void failed(StreamFailure failure) {
            call.cancel(failure);
        }
    }
}
