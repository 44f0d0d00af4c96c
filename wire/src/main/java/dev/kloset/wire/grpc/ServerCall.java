package dev.kloset.wire.grpc;

import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.StreamEndedException;
import dev.kloset.wire.http2.StreamFailure;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call as its handler sees it. One thread at a time may call {@link #receive}; any thread may call everything else. */
public final class ServerCall {

    private final String path;
    private final Http2Stream stream;
    private final int maxMessageBytes;
    private final InboundMessages messages;
    private final CallThreads cancelling;

    private final long start = System.nanoTime();
    private @Nullable ByteBuffer first; // of the thread that may receive; taken before the call had one
    private volatile @Nullable Supplier<String> describe;
    private volatile @Nullable Thread helper;

    private final Object interrupting = new Object(); // held while the handler is interrupted; taken before state
    private final Object state = new Object();
    private final List<Runnable> cancelActions = new ArrayList<>(); // guarded by state
    private @Nullable Thread handler; // guarded by state; null when it is not running
    private boolean finished; // guarded by state
    private volatile @Nullable String cancelled; // why, if it is; written under state

    ServerCall(String path, Http2Stream stream, GrpcLimits limits, SpareArrays spares, CallThreads cancelling) {
        this.path = path;
        this.stream = stream;
        this.maxMessageBytes = limits.maxOutboundMessageBytes();
        this.messages = new InboundMessages(stream, spares);
        this.cancelling = cancelling;
    }

    /** {@return the path of the call, such as {@code /importer.Importer/Init}} */
    public String path() {
        return path;
    }

    /**
     * Wait for the next message.
     *
     * @return a heap buffer from position to limit, valid until the next call of this method; null when the client will send no
     *     more
     * @throws CallCancelledException if the call was reset or the connection is gone
     * @throws StatusException if the client sent something unacceptable; a handler lets the exception pass, so that the client
     *     receives the status
     */
    public @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        ByteBuffer looked = first;
        if (looked != null && !isCancelled()) {
            first = null;
            return looked;
        }
        return messages.next();
    }

    /**
     * Send one message, or none, and end the call with OK, if nothing has to be waited for. Only for {@link ReadyAnswers}.
     *
     * @param head the first part of the message; null for no message
     * @param body its second part
     * @return false if nothing was sent
     */
    public boolean answerNow(@Nullable ByteBuffer head, ByteBuffer body) throws StatusException {
        OutgoingMessage message = head == null ? null : OutgoingMessage.of(path, head, body, maxMessageBytes);
        HeaderBlock ok = Answers.trailers(Status.OK, 0);
        return !isCancelled() && stream.answerNow(Answers.headers(), message, ok, Answers.only("", Status.OK, 0));
    }

    /**
     * Send one message. Waits for room at the other end; the content may be changed afterwards. The position of the buffer
     * stays where it is. If this throws {@link InterruptedException}, nothing was sent; an interrupt that comes later is kept.
     *
     * @throws CallCancelledException if the call was reset or the connection is gone
     * @throws StatusException if the message is larger than the other end takes
     */
    public void send(ByteBuffer message) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, message, maxMessageBytes));
    }

    /**
     * Send one of many small messages, as {@link #send(ByteBuffer)}, but let it wait a moment for the next ones: sent one by one
     * they would cost more than they are worth.
     */
    public void sendBuffered(ByteBuffer message) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, message, maxMessageBytes).waiting());
    }

    /** Send one message made of two parts, as {@link #send(ByteBuffer)}, without joining them first. */
    public void send(ByteBuffer head, ByteBuffer body) throws IOException, InterruptedException {
        send(OutgoingMessage.of(path, head, body, maxMessageBytes));
    }

    private void send(OutgoingMessage message) throws IOException, InterruptedException {
        try {
            stream.sendResponse(Answers.headers(), message);
        } catch (StreamEndedException e) {
            // A sender may notice the end before the reader reports it; what waits for the end must run in any case.
            cancel(e.getMessage());
            throw new CallCancelledException(path + " takes no more messages: " + e.getMessage());
        }
    }

    /** {@return whether the call was reset or the connection is gone} */
    public boolean isCancelled() {
        return cancelled != null;
    }

    /**
     * Run {@code action} once when the call is cancelled, or soon if it already is. It runs on a thread of its own, beside the
     * handler and its interruption, and may block.
     */
    public void onCancel(Runnable action) {
        synchronized (state) {
            if (cancelled == null) {
                cancelActions.add(action);
                return;
            }
        }
        start(action);
    }

    /** Set what the call is about, for diagnostics. {@code words} may run at any time, on any thread, also after the call. */
    public void describe(Supplier<String> words) {
        describe = words;
    }

    /** Set a second thread that works for the call beside its handler; null if there is none any more. */
    public void helper(@Nullable Thread thread) {
        helper = thread;
    }

    // ---- for diagnostics

    /** {@return what the call is about, empty if its handler has not set it} */
    public String describe() {
        Supplier<String> words = describe;
        return words == null ? "" : words.get();
    }

    /** {@return how long ago the call began} */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** {@return the thread of the handler, null when it is not running} */
    public @Nullable Thread handler() {
        synchronized (state) {
            return handler;
        }
    }

    /** {@return a second thread that works for the call, null if there is none} */
    public @Nullable Thread helper() {
        return helper;
    }

    /** {@return what a sender would wait for now, in words; null if nothing} */
    public @Nullable String blockedOn() {
        return stream.blockedOn();
    }

    /** {@return whether it waits for a message that itself waits until messages of other calls have left memory} */
    public boolean waitsForMemory() {
        return stream.waitsForMemory();
    }

    // ---- for the server

    InboundMessages messages() {
        return messages;
    }

    /** {@return the first message, which must be there with the end behind it} A handler receives it once more. */
    ByteBuffer first() throws IOException, InterruptedException {
        ByteBuffer message = messages.next();
        if (message == null) {
            throw new EOFException(path + " came without a request");
        }
        first = message;
        return message.duplicate();
    }

    /** The client has its whole answer. */
    void answered() {
        synchronized (state) {
            finished = true;
            cancelActions.clear();
        }
        first = null;
        messages.discard(() -> new CallCancelledException(path + " is finished"));
        messages.release();
    }

    /** The handler is about to run on this thread. */
    void begin() {
        synchronized (state) {
            Thread.interrupted(); // of an earlier call
            handler = Thread.currentThread();
            if (cancelled != null) {
                handler.interrupt();
            }
        }
    }

    void cancel(StreamFailure failure) {
        cancel(failure.text());
    }

    /**
     * The caller may be the thread that reads for all calls. What an author's code can block runs elsewhere: an action, and the
     * interrupt, which closes the channel that a handler is blocked in, on the interrupting thread.
     */
    private void cancel(@Nullable String why) {
        List<Runnable> actions;
        boolean running;
        synchronized (state) {
            if (finished || cancelled != null) {
                return;
            }
            String reason = path + " was cancelled: " + why;
            cancelled = reason;
            messages.discard(() -> new CallCancelledException(reason));
            actions = List.copyOf(cancelActions);
            cancelActions.clear();
            running = handler != null;
        }
        if (running) {
            start(this::interrupt);
        }
        for (Runnable action : actions) {
            start(action);
        }
    }

    /**
     * Interrupt the handler without cancelling the call. It happens soon, on a thread that nothing waits for: an interrupt closes
     * the channel that a handler is blocked in. Nothing happens if the handler has ended.
     */
    public void interruptHandler() {
        start(this::interrupt);
    }

    /** The thread of a handler that has ended serves another call. */
    private void interrupt() {
        synchronized (interrupting) {
            Thread thread = handler();
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private void start(Runnable action) {
        try {
            cancelling.run(() -> run(action));
        } catch (OutOfMemoryError e) {
            // There is no thread for it. The handler still learns from its next message that the call is cancelled.
            System.getLogger(ServerCall.class.getName()).log(Level.WARNING, "cannot interrupt " + path, e);
        }
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // This is not the connection's fault: all other calls must go on.
            System.getLogger(ServerCall.class.getName()).log(Level.WARNING, "cannot clean up after " + path, e);
        }
    }

    /** Tell the client how the call ended, unless the client has cancelled it. */
    void finish(String httpStatus, Status status) {
        synchronized (interrupting) {
            synchronized (state) {
                finished = true;
                handler = null;
                Thread.interrupted(); // meant for the handler, not for its status
                cancelActions.clear();
            }
        }
        try {
            if (stream.isTorn() && status.code() == StatusCode.OK) {
                stream.reset(ErrorCode.INTERNAL_ERROR, "a message was sent in part");
                return;
            }
            sendTrailers(httpStatus, status);
            if (!stream.isRemoteEnded()) {
                stream.reset(ErrorCode.NO_ERROR, "the call is finished");
            }
        } catch (IOException _) {
            stream.reset(ErrorCode.CANCEL, "the call is finished"); // usually it is gone already
        } finally {
            messages.discard(() -> new CallCancelledException(path + " is finished"));
            messages.release();
        }
    }

    /** An interrupt may hit a handler that has just ended; its status must get through all the same. */
    private void sendTrailers(String httpStatus, Status status) throws IOException {
        long max = stream.maxHeaderListBytes();
        boolean sent = false;
        while (!sent) {
            try {
                stream.sendTrailers(Answers.trailers(status, max), Answers.only(httpStatus, status, max));
                sent = true;
            } catch (InterruptedException _) {
                // Nothing was sent; the interrupt is used up, and the stream's own end stops a wait.
            }
        }
    }

    /** Something went wrong that no status can report; the client must not wait for one. */
    void abort() {
        synchronized (interrupting) {
            synchronized (state) {
                finished = true;
                handler = null;
            }
        }
        stream.reset(ErrorCode.INTERNAL_ERROR, "the call failed without a status");
        messages.discard(() -> new CallCancelledException(path + " failed"));
        messages.release();
    }
}
