package dev.kloset.sdk.internal.service;

import dev.kloset.UploadAbortedException;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ReceivedStream;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.store.PutRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object that the host is storing. It reports an end only if the host sent one, and only while the put is under
 * way: a reader that the store has left behind must not mistake a part of an object for the whole. Throws {@link
 * UploadAbortedException} if the host gave up.
 */
final class UploadStream extends ReceivedStream {

    private final ServerCall call;
    private final Observers observers;

    UploadStream(ServerCall call, Observers observers) {
        this.call = call;
        this.observers = observers;
    }

    /** {@return the first message, which names the object} Call it before anything is read. */
    PutRequest first() throws IOException, InterruptedException {
        PutRequest first = PutRequest.decode(Unary.receive(call));
        begin(first.chunk());
        return first;
    }

    @Override
    protected @Nullable ByteBuffer receive() throws IOException, InterruptedException {
        try (Span _ = observers.waiting(Wait.NEXT)) {
            ByteBuffer message = call.receive();
            return message == null ? null : PutRequest.decode(message).chunk();
        } catch (CallCancelledException e) {
            throw aborted();
        }
    }

    /** Interruption is how a cancelled call reaches a handler: in that case the host gave up. */
    @Override
    protected IOException interrupted() {
        return call.isCancelled() ? aborted() : new InterruptedIOException("interrupted while reading the object");
    }

    private static UploadAbortedException aborted() {
        return new UploadAbortedException("the host gave up before the end of the object");
    }

    @Override
    protected String name() {
        return "the object";
    }

    /**
     * The store has returned: refuse every later read, and take the rest off the wire, whatever it is. Only a cancelled call has
     * nothing to wait for.
     */
    void end() {
        close("the put has ended: the rest of the object is gone");
        boolean through = false;
        while (!through && !call.isCancelled()) {
            LeftoverInterrupt.clear(call);
            try {
                drain();
                discardRest();
                through = true;
            } catch (InterruptedException e) {
                // The call is not cancelled; if that changes, the loop ends.
            }
        }
    }

    /** Discard what follows a message that cannot be understood. */
    private void discardRest() throws InterruptedException {
        if (failure() == null) {
            return;
        }
        try {
            while (call.receive() != null) {
                // The host must be able to send it all before it learns of the failure.
            }
        } catch (IOException e) {
            // The call is over.
        }
    }

    /** Refuse to report an object as stored if the store has not read everything. Call it after {@link #end}. */
    void requireRead() throws IOException {
        IOException failure = failure();
        if (failure != null) {
            throw failure;
        }
        if (wasCutOff() || !wasReadToItsEnd() && received() > 0) {
            throw new StatusException(StatusCode.INTERNAL,
                    "a bug in the store: put returned before the object was read to its end, so it is not stored; "
                            + unread() + " of " + received() + " bytes were left");
        }
    }

    /** {@return how many bytes came} */
    long bytes() {
        return received();
    }

    /** {@return why the object did not arrive completely, if a reader got that answer} */
    @Nullable
    IOException cause() {
        return failure();
    }
}
