package dev.kloset.wire.grpc;

import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.StreamEndedException;
import dev.kloset.wire.http2.StreamFailure;
import dev.kloset.wire.http2.StreamListener;
import dev.kloset.wire.http2.StreamTimeoutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call as its caller sees it. One thread at a time may call {@link #receive}; any thread may call everything else. */
public final class ClientCall implements AutoCloseable {

    private final String path;
    private final Http2Stream stream;
    private final GrpcLimits limits;
    private final InboundMessages messages;
    private volatile Duration patience = Duration.ZERO;
    private volatile boolean ended;

    ClientCall(String path, Http2Stream stream, GrpcLimits limits, SpareArrays spares) {
        this.path = path;
        this.stream = stream;
        this.limits = limits;
        this.messages = new InboundMessages(stream, spares);
    }

    /**
     * Set a deadline. Every later wait of this call ends then: the call is cancelled and the wait throws a {@link
     * StatusException} with DEADLINE_EXCEEDED. The server does not receive the deadline, only the cancellation.
     */
    public void deadline(Duration fromNow) {
        deadline(fromNow, System.nanoTime());
    }

    void deadline(Duration limit, long startNanos) {
        patience = limit;
        stream.deadline(startNanos + limit.toNanos());
    }

    /**
     * Send one message. Waits for room at the other end; the content may be changed afterwards. The position of the buffer stays
     * where it is.
     *
     * @throws CallCancelledException if the server already ended the call; {@link #receive} then reports how
     * @throws StatusException if the message is larger than the server takes, or the deadline of the call has passed
     */
    public void send(ByteBuffer message) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, message, limits.maxOutboundMessageBytes()), false);
    }

    /** Send one of many small messages, as {@link #send(ByteBuffer)}, but let it wait a moment for the next ones. */
    public void sendBuffered(ByteBuffer message) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, message, limits.maxOutboundMessageBytes()).waiting(), false);
    }

    /** Send one message made of two parts, as {@link #send(ByteBuffer)}, without joining them first. */
    public void send(ByteBuffer head, ByteBuffer body) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, head, body, limits.maxOutboundMessageBytes()), false);
    }

    private void send(OutgoingMessage message, boolean last) throws IOException, InterruptedException {
        try {
            stream.data(message, last);
        } catch (StreamEndedException e) {
            // Not cancelled by us: report the status that the server sent, or will send.
            throw cancelled(e);
        } catch (StreamTimeoutException _) {
            throw expired();
        } catch (InterruptedException | RuntimeException | Error e) {
            if (stream.isTorn()) {
                cancel(); // the server could not understand what follows
            }
            throw e;
        }
    }

    /** Declare that no more messages follow. Does nothing if the server has ended the call meanwhile. */
    public void halfClose() throws IOException, InterruptedException {
        try {
            stream.end();
        } catch (StreamEndedException _) {
            // The server wanted no more anyway: receive() reports how the call ended.
        } catch (StreamTimeoutException _) {
            throw expired();
        }
    }

    /**
     * Wait for the next message.
     *
     * @return a heap buffer from position to limit, valid until the next call of this method; null when the server ended the call
     *     with OK
     * @throws StatusException if the call ended otherwise; UNAVAILABLE when the connection is gone
     */
    public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        try {
            return messages.next();
        } catch (StreamTimeoutException _) {
            throw expired();
        }
    }

    /** Send {@code request} and wait for exactly one message and OK. If that fails for any reason, the call is over. */
    public ByteBuffer unary(ByteBuffer request) throws IOException, InterruptedException {
        try {
            messages.makeLasting(); // the caller uses the answer after the end was received
            sendLast(request);
            ByteBuffer answer = receive();
            if (answer == null) {
                throw new StatusException(StatusCode.INTERNAL, path + " ended without an answer");
            }
            if (receive() != null) {
                throw new StatusException(StatusCode.INTERNAL, path + " answered more than once");
            }
            return answer;
        } finally {
            cancel(); // does nothing to a call that has ended
        }
    }

    /**
     * Send the last message, or the only one, and declare it the last. Does nothing if the server has ended the call meanwhile.
     */
    public void sendLast(ByteBuffer request) throws IOException, InterruptedException {
        try {
            send(OutgoingMessage.of(path, request, limits.maxOutboundMessageBytes()), true);
        } catch (CallCancelledException _) {
            // The server ended the call first: receive() reports how.
        }
    }

    /** End the call now if it has not ended. Does not wait for the other end. */
    public void cancel() {
        cancel(new Status(StatusCode.CANCELLED, path + " was cancelled"));
    }

    /** Same as {@link #cancel}. */
    @Override
    public void close() {
        cancel();
    }

    private void cancel(Status status) {
        end(status);
        stream.reset(ErrorCode.CANCEL, status.message());
        messages.release();
    }

    /** {@return whether the server or we have ended the call} Messages that came before can still be received. */
    public boolean hasEnded() {
        return ended;
    }

    private void end(Status status) {
        ended = true;
        messages.end(status.code() == StatusCode.OK ? null : () -> new StatusException(status));
    }

    private StatusException expired() {
        Status status = new Status(StatusCode.DEADLINE_EXCEEDED,
                path + " did not answer within " + GrpcClient.inWords(patience));
        cancel(status);
        return new StatusException(status);
    }

    private CallCancelledException cancelled(StreamEndedException e) {
        return new CallCancelledException(path + " takes no more messages: " + e.getMessage());
    }

    Listener listener() {
        return new Listener(new MessageAssembler(stream, messages, path, limits.maxInboundMessageBytes(true)));
    }

    /** Receives the server's events, on the reader thread. */
    final class Listener implements StreamListener {

        private final MessageAssembler assembler;
        private @Nullable Status early; // in the first headers, when there are no messages

        private Listener(MessageAssembler assembler) {
            this.assembler = assembler;
        }

        ClientCall call() {
            return ClientCall.this;
        }

        @Override
        public void headers(Headers headers) {
            Status fault = StatusReader.notGrpc(headers, path);
            if (fault != null) {
                abort(fault);
            }
            early = StatusReader.status(headers, path);
        }

        @Override
        public void data(byte[] buffer, int offset, int length, boolean last) {
            Status fault = assembler.add(buffer, offset, length);
            if (fault != null) {
                abort(fault);
            }
        }

        @Override
        public void trailers(Headers trailers) {
            finish(StatusReader.status(trailers, path));
        }

        @Override
        public void ended() {
            finish(early);
        }

        @Override
        public void failed(StreamFailure failure) {
            end(StatusReader.of(failure, path));
        }

        private void finish(@Nullable Status said) {
            Status status = said == null ? StatusReader.missing(path) : said;
            if (status.code() == StatusCode.OK && !assembler.isBetweenMessages()) {
                status = new Status(StatusCode.INTERNAL, path + " ended in the middle of a message");
            }
            end(status);
            if (!stream.isLocalEnded()) {
                // The server wants no more: without this both ends would keep the stream.
                stream.reset(ErrorCode.NO_ERROR, "the server has ended it");
            }
        }

        private void abort(Status status) {
            end(status);
            stream.reset(ErrorCode.CANCEL, status.message());
        }
    }
}
