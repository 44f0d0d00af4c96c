package dev.kloset.wire.grpc;

import dev.kloset.support.Sentence;
import dev.kloset.wire.frame.Headers;
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
 * One connection as server. Each call has a thread of its own ({@link CallThreads}), except those whose answers are at hand
 * ({@link ReadyAnswers}). It ignores {@code grpc-timeout}: the client
 * resets a call whose time is over, and that cancels the call here.
 */
public final class GrpcServer implements AutoCloseable {

    private static final String HTTP_OK = "200";

    /**
     * A cancelled call stops counting for the client at once, but its handler takes a moment to end: this many handlers per call
     * may be ending.
     */
    private static final int ENDING_PER_CALL = 4;

    /** One handler per this many calls may hang and ignore its cancellation before other calls have to wait for a thread. */
    private static final int CALLS_PER_HANGING = 4;

    /** No method has a longer path; a longer one would be kept for each open call. */
    private static final int MAX_PATH = 1024;

    /** This many may hang in any case. */
    private static final int MIN_HANGING = 64;

    /** How many cancellations may hang in an author's code before further ones wait. */
    private static final int MAX_CANCELLING = 32;

    private final CallRouter router;
    private final GrpcLimits limits;
    private final SpareArrays spares;
    private final int maxRunning;
    private final AtomicInteger running = new AtomicInteger();
    private final Set<ServerCall> calls = ConcurrentHashMap.newKeySet();
    private final CallThreads handlers;
    private final CallThreads cancelling = new CallThreads("kloset-cancel", MAX_CANCELLING);
    private final Http2Connection connection;

    private GrpcServer(InputStream in, OutputStream out, CallRouter router, GrpcLimits limits) {
        this.router = router;
        this.limits = limits;
        this.spares = new SpareArrays(limits.maxSpareBytes());
        int calls = limits.http2(false).maxConcurrentStreams();
        int hanging = Math.max(MIN_HANGING, calls / CALLS_PER_HANGING);
        this.maxRunning = calls + Math.max(hanging, ENDING_PER_CALL * calls);
        this.handlers = new CallThreads("kloset-call", calls + hanging);
        this.connection = Http2Connection.server(in, out, limits.http2(false), this::accept);
    }

    /** Serve the client at the other end of the two streams. The first frame is on its way before anything is read. */
    public static GrpcServer start(InputStream in, OutputStream out, CallRouter router, GrpcLimits limits) {
        return new GrpcServer(in, out, router, limits);
    }

    /**
     * Wait until the client is gone: end of stream, broken pipe, protocol error. All calls are cancelled by then, but their
     * reactions to it may still be running.
     */
    public void awaitEnd() throws InterruptedException {
        connection.awaitEnd();
        closeThreads();
    }

    /** {@return why the connection ended; null while it lives and after a clean end} */
    public @Nullable IOException failure() {
        return connection.failure();
    }

    /** Cancel every call and stop. Sends nothing to the client, but closes the stream to it. */
    @Override
    public void close() {
        connection.close();
        closeThreads();
    }

    /** Calls that are still running keep their threads; idle threads would live on for a while. */
    private void closeThreads() {
        handlers.close();
        cancelling.close();
    }

    /** {@return how many calls are neither answered nor over} */
    public int callsInFlight() {
        return running.get();
    }

    /** {@return the calls that are neither answered nor over} */
    public List<ServerCall> calls() {
        return List.copyOf(calls);
    }

    /** {@return how many bytes have been read and written so far} */
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

    /** However a handler fails, the failure must not affect other calls. */
    private Status handle(ServerCall call, String httpStatus) {
        try {
            if (!httpStatus.equals(HTTP_OK)) {
                return new Status(StatusCode.INTERNAL, call.path() + " was not called as gRPC requires");
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

    private static String path(Headers request) {
        String path = request.first(":path");
        if (path == null) {
            return "";
        }
        return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
    }

    private static String httpStatus(Headers request) {
        String type = request.first("content-type");
        if (!"POST".equals(request.first(":method"))) {
            return "405";
        }
        return type != null && type.startsWith(StatusReader.CONTENT_TYPE) ? HTTP_OK : "415";
    }

    /** Receives the client's events, on the reader thread. */
    private final class Listener implements StreamListener {

        private final ServerCall call;
        private final MessageAssembler assembler;
        private @Nullable ReadyAnswers answers; // of the reader thread
        private volatile boolean undecided; // neither answered nor given a thread

        Listener(Http2Stream stream, Headers request) {
            this.call = new ServerCall(path(request), stream, limits, spares, cancelling);
            this.assembler = new MessageAssembler(stream, call.messages(), call.path(),
                    limits.maxInboundMessageBytes(false));
        }

        @Override
        public void headers(Headers headers) {
            String httpStatus = httpStatus(headers);
            running.incrementAndGet();
            calls.add(call); // also while it waits for a thread: the watchdog names it
            answers = httpStatus.equals(HTTP_OK) ? router.ready(call.path()) : null;
            if (answers == null) {
                handle(httpStatus);
                return;
            }
            undecided = true;
            if (call.isCancelled()) {
                handleUndecided(); // before or after this, failed() sees it too
            }
        }

        private void handle(String httpStatus) {
            try {
                handlers.run(() -> serve(call, httpStatus));
            } catch (OutOfMemoryError e) {
                // The system has no thread for it. This is the thread that reads for all calls: they must go on.
                over();
                call.abort();
            }
        }

        private void handleUndecided() {
            if (decide()) {
                handle(HTTP_OK);
            }
        }

        /** {@return whether this thread decides what becomes of the call} The stream may fail on another one. */
        private synchronized boolean decide() {
            boolean mine = undecided;
            undecided = false;
            return mine;
        }

        private void over() {
            calls.remove(call);
            running.decrementAndGet();
        }

        @Override
        public void data(byte[] buffer, int offset, int length, boolean last) {
            Status fault = assembler.add(buffer, offset, length);
            if (fault != null) {
                call.messages().end(() -> new StatusException(fault));
            }
            if (undecided && (!last || fault != null)) {
                handleUndecided(); // a handler does not wait for the end of the request either
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
            if (!undecided || !decide()) {
                return;
            }
            if (isAnswered()) {
                over();
                call.answered();
            } else {
                handle(HTTP_OK);
            }
        }

        /** Whatever fails here fails again in the handler, which knows what to say about it. */
        private boolean isAnswered() {
            try {
                return answers != null && answers.answer(call, call.first());
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                return false;
            }
        }

        @Override
        public void failed(StreamFailure failure) {
            call.cancel(failure);
            handleUndecided();
        }
    }
}
