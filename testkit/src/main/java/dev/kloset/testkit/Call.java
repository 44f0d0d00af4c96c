package dev.kloset.testkit;

import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of a check. Each wait has the time after which a plugin is said to hang. */
final class Call implements AutoCloseable {

    private final Session session;
    private final String method;
    private final String path;
    private final ClientCall call;

    Call(Session session, String method, String path, ClientCall call) {
        this.session = session;
        this.method = method;
        this.path = path;
        this.call = call;
        session.bench.evidence.called(method);
    }

    /** Send a message. {@return whether the plugin still takes any; if not, {@link #receive} tells why} */
    boolean send(ByteBuffer message) throws Exception {
        return Boolean.TRUE.equals(bounded("taking " + method + "'s messages", () -> {
            try {
                call.send(message);
                return true;
            } catch (CallCancelledException e) {
                return false;
            }
        }));
    }

    void halfClose() throws Exception {
        bounded("the end of " + method + "'s messages", () -> {
            call.halfClose();
            return null;
        });
    }

    /** {@return the next message, or null when the call has ended with OK} */
    byte @Nullable [] receive() throws Exception {
        return bounded(method, () -> {
            ByteBuffer message = call.receive();
            isAnswered();
            if (message == null) {
                return null;
            }
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            session.bench.ground.message(path, bytes.length);
            return bytes;
        });
    }

    /** Note that the plugin works at this call, of which there is no better evidence than an answer. */
    void isAnswered() {
        session.isAnswered();
        session.bench.evidence.answered(method);
    }

    /** Receive and drop messages until the call has ended. {@return how many there were} */
    long awaitEnd() throws Exception {
        long dropped = 0;
        while (receive() != null) {
            dropped++;
        }
        return dropped;
    }

    /** {@return the fields of a message} */
    Fields parse(byte[] message) throws BlockedException {
        try {
            return Fields.parse(message);
        } catch (IOException e) {
            String seen = "a message of " + method + " has " + e.getMessage();
            session.bench.ground.malformed(seen);
            throw new BlockedException(Clause.T08, "a protobuf message", seen);
        }
    }

    void cancel() {
        call.cancel();
    }

    @Override
    public void close() {
        call.close();
    }

    private interface Wait<T> {
        @Nullable
        T run() throws IOException, InterruptedException;
    }

    private <T> @Nullable T bounded(String what, Wait<T> wait) throws Exception {
        Duration patience = session.bench.hungAfter();
        long start = System.nanoTime();
        call.deadline(patience);
        try {
            T value = wait.run();
            session.bench.took(what, Duration.ofNanos(System.nanoTime() - start));
            return value;
        } catch (StatusException e) {
            throw explained(what, e, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw session.broken(what, e);
        }
    }

    private Exception explained(String what, StatusException e, Duration waited) throws InterruptedException {
        Duration patience = session.bench.hungAfter();
        if (e.status().code() == StatusCode.DEADLINE_EXCEEDED && waited.compareTo(patience) >= 0) {
            return new ClauseFailedException("an answer to " + what,
                    "nothing for " + patience.toSeconds() + " s: it hangs, " + (session.peer.death().isEmpty()
                            ? "and the process lives"
                            : session.peer.death()));
        }
        if (e.status().code() == StatusCode.UNAVAILABLE
                && (session.isBroken() || session.peer.awaitEnd(Duration.ofMillis(300)))) {
            return session.broken(what, e);
        }
        session.bench.took(what, waited);
        isAnswered();
        session.bench.ground.failure(path, e.status().message().endsWith(" and no message"));
        return e;
    }
}
