package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.wire.grpc.CallCancelledException;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call that a check makes. Each wait has a time limit, after which the plugin counts as hanging. */
public final class Call implements AutoCloseable {

    private final PluginConnection connection;
    private final String method;
    private final String path;
    private final ClientCall call;

    Call(PluginConnection connection, String method, String path, ClientCall call) {
        this.connection = connection;
        this.method = method;
        this.path = path;
        this.call = call;
        connection.context.evidence.called(method);
    }

    /**
     * Send a message.
     *
     * @return whether the plugin still takes messages; if not, {@link #receive} says why
     */
    public boolean send(ByteBuffer message) throws Exception {
        return Boolean.TRUE.equals(bounded("taking " + method + "'s messages", () -> {
            try {
                call.send(message);
                return true;
            } catch (CallCancelledException e) {
                return false;
            }
        }));
    }

    public void halfClose() throws Exception {
        bounded("the end of " + method + "'s messages", () -> {
            call.halfClose();
            return null;
        });
    }

    /** {@return the next message, or null when the call has ended with OK} */
    public byte @Nullable [] receive() throws Exception {
        return bounded(method, () -> {
            ByteBuffer message = call.receive();
            isAnswered();
            if (message == null) {
                return null;
            }
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            connection.context.runContext.message(path, bytes.length);
            return bytes;
        });
    }

    /** Record that the plugin works on this call, where there is no better evidence than an answer. */
    public void isAnswered() {
        connection.isAnswered();
        connection.context.evidence.answered(method);
    }

    /**
     * Receive and drop messages until the call has ended.
     *
     * @return the number of messages
     */
    public long awaitEnd() throws Exception {
        long dropped = 0;
        while (receive() != null) {
            dropped++;
        }
        return dropped;
    }

    /** {@return the fields of a message} */
    RawMessage parse(byte[] message) throws BlockedException {
        try {
            return RawMessage.parse(message);
        } catch (IOException e) {
            String seen = "a message of " + method + " has " + e.getMessage();
            connection.context.runContext.malformed(seen);
            throw new BlockedException(Clause.T08, "a protobuf message", seen);
        }
    }

    public void cancel() {
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
        Duration patience = connection.context.hungAfter();
        long start = System.nanoTime();
        call.deadline(patience);
        try {
            T value = wait.run();
            connection.context.took(what, Duration.ofNanos(System.nanoTime() - start));
            return value;
        } catch (StatusException e) {
            throw explained(what, e, Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw connection.broken(what, e);
        }
    }

    private Exception explained(String what, StatusException e, Duration waited) throws InterruptedException {
        Duration patience = connection.context.hungAfter();
        if (e.status().code() == StatusCode.DEADLINE_EXCEEDED && waited.compareTo(patience) >= 0) {
            return new ClauseFailedException("an answer to " + what,
                    "nothing for " + patience.toSeconds() + " s: it hangs, " + (connection.peer.death().isEmpty()
                            ? "and the process lives"
                            : connection.peer.death()));
        }
        if (e.status().code() == StatusCode.UNAVAILABLE
                && (connection.isBroken() || connection.peer.awaitEnd(Duration.ofMillis(300)))) {
            return connection.broken(what, e);
        }
        connection.context.took(what, waited);
        isAnswered();
        connection.context.runContext.failure(path, e.status().message().endsWith(" and no message"));
        return e;
    }
}
