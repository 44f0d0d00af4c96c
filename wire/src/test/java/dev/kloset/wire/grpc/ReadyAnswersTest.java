package dev.kloset.wire.grpc;

import static dev.kloset.wire.grpc.Connected.bytes;
import static dev.kloset.wire.grpc.Connected.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that go out from the thread that reads, and what becomes of calls that it leaves to their handler. */
class ReadyAnswersTest {

    private static final int RST_STREAM = 3;
    private static final int CANCEL = 8;

    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    /** Answers by handler with the request and "!". */
    private final class Router implements CallRouter {

        private final ReadyAnswers answers;

        Router(ReadyAnswers answers) {
            this.answers = answers;
        }

        @Override
        public CallHandler route(String path) {
            return call -> {
                handled.incrementAndGet();
                ByteBuffer request = call.receive();
                call.send(bytes(request == null ? "nothing!" : text(request) + "!"));
            };
        }

        @Override
        public @Nullable ReadyAnswers ready(String path) {
            asked.incrementAndGet();
            return answers;
        }
    }

    private Connected connected(ReadyAnswers answers) {
        return Connected.routed(new Router(answers), GrpcLimits.defaults());
    }

    private static String ask(Connected connected, String question) throws Exception {
        try (ClientCall call = connected.call("Any")) {
            call.sendLast(bytes(question));
            StringBuilder answer = new StringBuilder();
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                answer.append(text(message));
            }
            return answer.toString();
        }
    }

    @Test
    void anAnswerThatIsAtHandNeedsNoHandler() throws Exception {
        try (Connected connected = connected((call, request) -> call.answerNow(bytes("so: "), request))) {
            for (int i = 0; i < 100; i++) {
                assertThat(ask(connected, "question " + i)).isEqualTo("so: question " + i);
            }
            assertThat(handled).hasValue(0);
            assertThat(connected.server.calls()).isEmpty();
            assertThat(connected.server.callsInFlight()).isZero();
        }
    }

    @Test
    void anAnswerMayHaveNoMessage() throws Exception {
        try (Connected connected = connected((call, request) -> call.answerNow(null, request))) {
            assertThat(ask(connected, "anything")).isEmpty();
            assertThat(handled).hasValue(0);
        }
    }

    @Test
    void whatIsNotAtHandIsForTheHandlerWhichGetsTheWholeRequest() throws Exception {
        try (Connected connected = connected((call, request) -> {
            request.position(request.limit());
            return false;
        })) {
            assertThat(ask(connected, "question")).isEqualTo("question!");
            assertThat(handled).hasValue(1);
        }
    }

    @Test
    void anAnswerThatFailsIsForTheHandler() throws Exception {
        try (Connected connected = connected((call, request) -> {
            throw new IllegalStateException("broken");
        })) {
            assertThat(ask(connected, "question")).isEqualTo("question!");
        }
    }

    @Test
    void anAnswerThatWouldHaveToWaitForTheClientIsForTheHandler() throws Exception {
        int window = 1000;
        GrpcLimits narrow = GrpcLimits.builder().initialStreamWindow(window).maxStreamWindow(window).build();
        AtomicInteger refused = new AtomicInteger();
        try (Connected connected = Connected.routed(new Router((call, request) -> {
            boolean sent = call.answerNow(bytes("x".repeat(window)), request);
            refused.addAndGet(sent ? 0 : 1);
            return sent;
        }), narrow)) {
            assertThat(ask(connected, "question")).isEqualTo("question!");
            assertThat(refused).hasValue(1);
        }
    }

    @Test
    void aRequestWhoseEndComesLaterIsForTheHandler() throws Exception {
        try (Connected connected = connected((call, request) -> call.answerNow(bytes("at hand"), request));
                ClientCall call = connected.call("Any")) {
            call.send(bytes("question"));
            assertThat(text(Objects.requireNonNull(call.receive()))).isEqualTo("question!");
        }
    }

    @Test
    void aCallThatEndsWithoutARequestIsForTheHandler() throws Exception {
        try (Connected connected = connected((call, request) -> call.answerNow(bytes("at hand"), request));
                ClientCall call = connected.call("Any")) {
            call.halfClose();
            assertThat(text(Objects.requireNonNull(call.receive()))).isEqualTo("nothing!");
        }
    }

    /** Its handler runs after all, and finds it cancelled: what counts calls counts this one as well. */
    @Test
    void aCallThatIsResetBeforeItsRequestHasComeIsOver() throws Exception {
        PipePair pipes = PipePair.usual();
        CountDownLatch cancelled = new CountDownLatch(1);
        CallRouter router = new CallRouter() {
            @Override
            public CallHandler route(String path) {
                return call -> {
                    try {
                        call.receive();
                    } catch (CallCancelledException | InterruptedException e) {
                        cancelled.countDown();
                        throw e;
                    }
                };
            }

            @Override
            public ReadyAnswers ready(String path) {
                return (call, request) -> call.answerNow(null, request);
            }
        };
        RawPeer client = RawPeer.client(pipes);
        try (GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), router,
                GrpcLimits.defaults())) {
            client.greet()
                    .headers(1, false, ":method", "POST", ":scheme", "http", ":path", "/a.B/C", ":authority", "x",
                            "content-type", "application/grpc", "te", "trailers");
            client.numbers(RST_STREAM, 0, 1, CANCEL);
            cancelled.await();
            while (server.callsInFlight() > 0) {
                Thread.onSpinWait();
            }
            assertThat(server.calls()).isEmpty();
            client.close();
        }
    }
}
