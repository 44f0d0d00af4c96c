package dev.kloset.wire.grpc;

import static dev.kloset.wire.grpc.Connected.bytes;
import static dev.kloset.wire.grpc.Connected.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GrpcCallTest {

    @Test
    void aUnaryCallIsAnswered() throws Exception {
        try (Connected both = Connected.with(call -> call.send(bytes("hello " + text(receive(call)))))) {
            both.client.awaitReady(Duration.ofMinutes(2));
            try (ClientCall call = both.call("Greet")) {
                assertThat(text(call.unary(bytes("world")))).isEqualTo("hello world");
            }
        }
    }

    @Test
    void messagesOfAllSizesComeBackAsTheyWere() throws Exception {
        try (Connected both = Connected.with(Connected::echo); ClientCall call = both.call("Echo")) {
            for (int size : new int[]{ 0, 1, 5, 100, 8191, 8192, 16_384, 70_000, 300_000, 4 << 20, 3 }) {
                byte[] content = new byte[size];
                for (int i = 0; i < size; i++) {
                    content[i] = (byte) (i * 31 + size);
                }
                call.send(ByteBuffer.wrap(content));
                assertThat(call.receive()).isEqualTo(ByteBuffer.wrap(content));
            }
            call.halfClose();
            assertThat(call.receive()).isNull();
        }
    }

    @Test
    void aMessageOfTwoPartsArrivesAsOne() throws Exception {
        try (Connected both = Connected.with(Connected::echo); ClientCall call = both.call("Echo")) {
            ByteBuffer head = bytes("head and ");
            ByteBuffer body = bytes("__body__").position(2).limit(6);
            call.send(head, body);
            assertThat(text(receive(call))).isEqualTo("head and body");
            assertThat(head.position()).isZero();
            assertThat(body.position()).isEqualTo(2);
        }
    }

    @Test
    void severalMessagesMayWaitForTheirReader() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        try (Connected both = Connected.with(call -> {
            sent.await();
            Connected.echo(call);
        }); ClientCall call = both.call("Echo")) {
            for (int i = 0; i < 1000; i++) {
                call.send(bytes("message " + i));
            }
            sent.countDown();
            call.halfClose();
            for (int i = 0; i < 1000; i++) {
                assertThat(text(receive(call))).isEqualTo("message " + i);
            }
            assertThat(call.receive()).isNull();
        }
    }

    @Test
    void aMessageMayBeLargerThanTheWindow() throws Exception {
        GrpcLimits tiny = GrpcLimits.builder().initialStreamWindow(100).maxStreamWindow(100).build();
        try (Connected both = Connected.with(Connected::echo, tiny, tiny); ClientCall call = both.call("Echo")) {
            byte[] content = new byte[100_000];
            content[99_999] = 7;
            call.send(ByteBuffer.wrap(content));
            assertThat(call.receive()).isEqualTo(ByteBuffer.wrap(content));
        }
    }

    @Test
    void aStatusReachesTheCallerWithItsWords() throws Exception {
        try (Connected both = Connected.with(_ -> {
            throw new StatusException(StatusCode.NOT_FOUND, "no object “ü”: 100%");
        }); ClientCall call = both.call("Get")) {
            assertStatus(call, StatusCode.NOT_FOUND, "no object “ü”: 100%");
        }
    }

    @Test
    void aFailureOfTheHandlerIsASentenceForTheCaller() throws Exception {
        try (Connected both = Connected.with(Map.of("File", _ -> {
            throw new NoSuchFileException("/etc/shadow");
        }, "Bug", _ -> {
            throw new IndexOutOfBoundsException("Index 3 out of bounds");
        }, "Error", _ -> {
            throw new StackOverflowError();
        }, "Echo", Connected::echo))) {
            assertStatus(both.call("File"), StatusCode.UNKNOWN, "no such file or directory: /etc/shadow");
            assertStatus(both.call("Bug"), StatusCode.UNKNOWN,
                    "java.lang.IndexOutOfBoundsException: Index 3 out of bounds");
            assertStatus(both.call("Error"), StatusCode.UNKNOWN, "java.lang.StackOverflowError without a message");
            assertThat(text(both.call("Echo").unary(bytes("still alive")))).isEqualTo("still alive");
        }
    }

    @Test
    void anUnknownMethodIsNamed() throws Exception {
        try (Connected both = Connected.with(Map.of())) {
            ClientCall call = both.call("Nothing");
            assertThatThrownBy(() -> call.unary(bytes(""))).isInstanceOfSatisfying(StatusException.class,
                    e -> assertThat(e.status()).isEqualTo(
                            new Status(StatusCode.UNIMPLEMENTED, "there is no method /test.Test/Nothing")));
        }
    }

    @Test
    void messagesBeforeAFailureAreReceivedFirst() throws Exception {
        try (Connected both = Connected.with(call -> {
            call.send(bytes("one"));
            throw new IOException("disk on fire");
        }); ClientCall call = both.call("Half")) {
            assertThat(text(receive(call))).isEqualTo("one");
            assertStatus(call, StatusCode.UNKNOWN, "disk on fire");
        }
    }

    @Test
    void sendingToACallThatTheServerEndedSaysSoAndKeepsTheStatus() throws Exception {
        try (Connected both = Connected.with(_ -> {
            throw new StatusException(StatusCode.ABORTED, "enough");
        }); ClientCall call = both.call("Refuse")) {
            assertThatThrownBy(() -> {
                while (true) {
                    call.send(bytes("more"));
                }
            }).isInstanceOf(CallCancelledException.class)
                    .hasMessageStartingWith("/test.Test/Refuse takes no more messages");
            assertStatus(call, StatusCode.ABORTED, "enough");
        }
    }

    @Test
    void cancellingInterruptsTheHandler() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicReference<Boolean> cancelled = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        try (Connected both = Connected.with(call -> {
            call.onCancel(told::countDown);
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                cancelled.set(call.isCancelled());
                interrupted.countDown();
                throw e;
            }
        }); ClientCall call = both.call("Sleep")) {
            running.await();
            call.cancel();
            interrupted.await();
            told.await();
            assertThat(cancelled.get()).isTrue();
            assertStatus(call, StatusCode.CANCELLED, "/test.Test/Sleep was cancelled");
        }
    }

    @Test
    void aHandlerThatWaitsForMessagesLearnsOfTheCancellation() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Connected both = Connected.with(call -> {
            running.countDown();
            try {
                call.receive();
            } catch (IOException | InterruptedException e) {
                Thread.interrupted();
                seen.set(e instanceof InterruptedException ? receiveFailure(call) : e);
            }
            done.countDown();
        }); ClientCall call = both.call("Wait")) {
            running.await();
            call.cancel();
            done.await();
            assertThat(seen.get()).isInstanceOf(CallCancelledException.class)
                    .hasMessage("/test.Test/Wait was cancelled: the stream was reset with CANCEL");
        }
    }

    @Test
    void theDeadlineOfACallEndsItsWaits() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Connected both = Connected.with(call -> {
            call.onCancel(cancelled::countDown);
            new CountDownLatch(1).await();
        }); ClientCall call = both.call("Sleep")) {
            call.deadline(Duration.ofMillis(50));
            assertStatus(call, StatusCode.DEADLINE_EXCEEDED, "/test.Test/Sleep did not answer within 50 ms");
            cancelled.await();
            assertStatus(call, StatusCode.DEADLINE_EXCEEDED, "/test.Test/Sleep did not answer within 50 ms");
        }
    }

    @Test
    void theDeadlineOfACallEndsAnUnreadSend() throws Exception {
        try (Connected both = Connected.with(_ -> new CountDownLatch(1).await());
                ClientCall call = both.call("Swallow")) {
            call.deadline(Duration.ofMillis(50));
            assertThatThrownBy(() -> {
                while (true) {
                    call.send(ByteBuffer.allocate(100_000));
                }
            }).isInstanceOf(StatusException.class).hasMessage("/test.Test/Swallow did not answer within 50 ms");
        }
    }

    @Test
    void theDeadlineOfACallEndsTheWaitForRoomToMakeIt() throws Exception {
        GrpcLimits one = GrpcLimits.builder().maxConcurrentStreams(1).build();
        try (Connected both = Connected.with(call -> {
            call.send(bytes("here"));
            new CountDownLatch(1).await();
        }, one, GrpcLimits.defaults()); ClientCall hung = both.call("Hang")) {
            hung.sendLast(bytes("x"));
            // This comes after the server's settings, so the client knows its limit by then.
            assertThat(text(receive(hung))).isEqualTo("here");
            assertThatThrownBy(() -> both.client.call("/test.Test/Close", Duration.ofMillis(50)))
                    .isInstanceOf(StatusException.class)
                    .hasMessage("cannot call /test.Test/Close: the plugin took no further call within 50 ms");
        }
    }

    @Test
    void aMessageBeyondTheLimitIsNotSent() throws Exception {
        GrpcLimits limits = GrpcLimits.builder().maxOutboundMessageBytes(10).build();
        try (Connected both = Connected.with(Connected::echo, GrpcLimits.defaults(), limits);
                ClientCall call = both.call("Echo")) {
            assertThatThrownBy(() -> call.send(ByteBuffer.allocate(4), ByteBuffer.allocate(7)))
                    .isInstanceOf(StatusException.class)
                    .hasMessage(
                            "/test.Test/Echo cannot send a message of 11 bytes: the other end takes 10 bytes at most");
            call.send(bytes("fits"));
            assertThat(text(receive(call))).isEqualTo("fits");
        }
    }

    @Test
    void aMessageBeyondTheLimitIsNotAccepted() throws Exception {
        GrpcLimits limits = GrpcLimits.builder().maxInboundMessageBytes(10).build();
        try (Connected both = Connected.with(Connected::echo, limits, GrpcLimits.defaults());
                ClientCall call = both.call("Echo")) {
            call.send(ByteBuffer.allocate(11));
            assertStatus(call, StatusCode.RESOURCE_EXHAUSTED,
                    "a message of /test.Test/Echo has 11 bytes, more than the limit of 10");
        }
        try (Connected both = Connected.with(Connected::echo, GrpcLimits.defaults(), limits);
                ClientCall call = both.call("Echo")) {
            call.send(ByteBuffer.allocate(11));
            assertStatus(call, StatusCode.RESOURCE_EXHAUSTED,
                    "a message of /test.Test/Echo has 11 bytes, more than the limit of 10");
        }
    }

    @Test
    void aUnaryCallWantsExactlyOneAnswer() throws Exception {
        try (Connected both = Connected.with(Map.of("None", _ -> {}, "Two", call -> {
            call.send(bytes("1"));
            call.send(bytes("2"));
        }))) {
            assertThatThrownBy(() -> both.call("None").unary(bytes("")))
                    .hasMessage("/test.Test/None ended without an answer");
            assertThatThrownBy(() -> both.call("Two").unary(bytes("")))
                    .hasMessage("/test.Test/Two answered more than once");
        }
    }

    @Test
    void theEndOfTheServerEndsTheCall() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (Connected both = Connected.with(_ -> {
            running.countDown();
            new CountDownLatch(1).await();
        }); ClientCall call = both.call("Sleep")) {
            running.await();
            both.server.close();
            assertStatus(call, StatusCode.UNAVAILABLE, "/test.Test/Sleep failed: the plugin ended the connection");
            assertThatThrownBy(() -> both.call("Next")).isInstanceOf(StatusException.class)
                    .hasMessage("cannot call /test.Test/Next: the plugin ended the connection");
            assertThat(both.client.failure()).isNull();
        }
    }

    @Test
    void theEndOfTheClientEndsTheServer() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Connected both = Connected.with(call -> {
            call.onCancel(cancelled::countDown);
            running.countDown();
            new CountDownLatch(1).await();
        })) {
            both.call("Sleep");
            running.await();
            both.client.close();
            both.server.awaitEnd();
            cancelled.await(); // on a thread of its own: the end does not wait for it
            assertThat(both.server.failure()).isNull();
        }
    }

    static ByteBuffer receive(ServerCall call) throws Exception {
        ByteBuffer message = call.receive();
        assertThat(message).isNotNull();
        return requireNonNull(message);
    }

    static ByteBuffer receive(ClientCall call) throws Exception {
        ByteBuffer message = call.receive();
        assertThat(message).isNotNull();
        return requireNonNull(message);
    }

    private static Throwable receiveFailure(ServerCall call) {
        try {
            call.receive();
            return new AssertionError("nothing failed");
        } catch (IOException | InterruptedException e) {
            return e;
        }
    }

    static void assertStatus(ClientCall call, StatusCode code, String message) {
        assertThatThrownBy(call::receive).isInstanceOfSatisfying(StatusException.class,
                e -> assertThat(e.status()).isEqualTo(new Status(code, message)));
    }
}
