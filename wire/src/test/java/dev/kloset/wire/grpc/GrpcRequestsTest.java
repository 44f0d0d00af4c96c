package dev.kloset.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client sees when it calls in strange ways, frame by frame. */
class GrpcRequestsTest {

    private static final int DATA = 0;
    private static final int RST_STREAM = 3;
    private static final int END_STREAM = 1;

    private final PipePair pipes = PipePair.usual();
    private final RawPeer client = RawPeer.client(pipes);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), _ -> this::serve,
            GrpcLimits.builder().maxHeaderListBytes(4096).build());

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private void serve(ServerCall call) throws Exception {
        try {
            switch (call.path()) {
                case "/test.Test/Early" -> {
                    // Ends before the client does.
                }
                case "/test.Test/Sleep" -> {
                    seen.add("running");
                    go.await();
                }
                case "/test.Test/Flood" -> {
                    seen.add("running");
                    while (true) {
                        call.send(Connected.bytes("x".repeat(1000)));
                    }
                }
                default -> Connected.echo(call);
            }
        } catch (IOException e) {
            seen.add(String.valueOf(e.getMessage()));
            throw e;
        } catch (InterruptedException e) {
            seen.add("interrupted");
            throw e;
        }
    }

    private RawPeer post(String path, boolean end) throws IOException {
        return client.greet()
                .headers(1, end, ":method", "POST", ":scheme", "http", ":path", path, "content-type",
                        "application/grpc", "te", "trailers");
    }

    @Test
    void anAnswerHasHeadersMessagesAndTrailers() throws Exception {
        post("/test.Test/Echo", false).frame(DATA, END_STREAM, 1, new byte[]{ 0, 0, 0, 0, 1, 42 });
        assertThat(client.readHeaders()).isEqualTo(":status: 200, content-type: application/grpc");
        assertThat(client.read().payload()).containsExactly(0, 0, 0, 0, 1, 42);
        assertThat(client.readHeaders()).isEqualTo("grpc-status: 0");
    }

    @Test
    void messagesMayBeCutAnywhere() throws Exception {
        byte[] messages = { 0, 0, 0, 0, 1, 42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3 };
        post("/test.Test/Echo", false);
        for (int i = 0; i < messages.length; i++) {
            client.frame(DATA, i == messages.length - 1 ? END_STREAM : 0, 1, messages[i]);
        }
        client.readHeaders();
        assertThat(client.read().payload()).containsExactly(0, 0, 0, 0, 1, 42);
        assertThat(client.read().payload()).containsExactly(0, 0, 0, 0, 0);
        assertThat(client.read().payload()).containsExactly(0, 0, 0, 0, 3, 1, 2, 3);
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestIsFollowedByAReset() throws Exception {
        post("/test.Test/Early", false);
        assertThat(client.readHeaders())
                .isEqualTo(":status: 200, content-type: application/grpc, grpc-status: 0");
        RawPeer.RawFrame reset = client.read();
        assertThat(reset.type()).isEqualTo(RST_STREAM);
        assertThat(reset.payload()).containsExactly(0, 0, 0, 0);
        client.frame(DATA, 0, 1, new byte[100]).frame(DATA, END_STREAM, 1); // was on its way: not an error
        client.headers(3, true, ":method", "POST", ":scheme", "http", ":path", "/test.Test/Early", "content-type",
                "application/grpc");
        assertThat(client.readHeaders()).endsWith("grpc-status: 0");
    }

    @Test
    void requestsThatAreNotGrpcGetAnHttpStatusToo() throws Exception {
        client.greet()
                .headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/test.Test/Echo", "content-type",
                        "application/grpc")
                .headers(3, true, ":method", "POST", ":scheme", "http", ":path", "/test.Test/Echo", "content-type",
                        "text/html");
        String words = ", content-type: application/grpc, grpc-status: 13,"
                + " grpc-message: /test.Test/Echo was not called as gRPC requires";
        assertThat(new String[]{ client.readHeaders(), client.readHeaders() })
                .containsExactlyInAnyOrder(":status: 405" + words, ":status: 415" + words);
    }

    @Test
    void aRequestThatEndsInsideAMessageIsAnError() throws Exception {
        post("/test.Test/Echo", false).frame(DATA, END_STREAM, 1, new byte[]{ 0, 0, 0, 0, 9, 42 });
        assertThat(client.readHeaders()).endsWith(
                "grpc-status: 13, grpc-message: the request of /test.Test/Echo ends inside a message");
    }

    @Test
    void aMessageBeyondTheLimitIsAnErrorOfTheCallOnly() throws Exception {
        post("/test.Test/Echo", false).frame(DATA, 0, 1, new byte[]{ 0, 0x7F, 0, 0, 0, 42 });
        assertThat(client.readHeaders()).endsWith("grpc-status: 8, grpc-message: a message of /test.Test/Echo has"
                + " 2130706432 bytes, more than the limit of 4259840");
    }

    @Test
    void theEndOfInputInterruptsAHandlerThatSleeps() throws Exception {
        post("/test.Test/Sleep", false);
        assertThat(seen.take()).isEqualTo("running");
        client.close();
        server.awaitEnd();
        assertThat(seen.take()).isEqualTo("interrupted");
    }

    @Test
    void theEndOfInputEndsAHandlerThatReceives() throws Exception {
        post("/test.Test/Echo", false).frame(DATA, 0, 1, new byte[]{ 0, 0, 0, 0, 1, 42 });
        client.readHeaders();
        client.read(DATA); // the whole answer: now the handler has finished sending
        client.close();
        server.awaitEnd();
        assertThat(seen.take()).isIn("interrupted",
                "/test.Test/Echo was cancelled: the host ended the connection");
    }

    @Test
    void theEndOfInputEndsAHandlerThatSends() throws Exception {
        pipes.toClient().hold();
        post("/test.Test/Flood", true);
        pipes.toClient().awaitUnread(30_000);
        assertThat(seen.take()).isEqualTo("running");
        client.close();
        server.awaitEnd();
        assertThat(seen.take()).isIn("interrupted",
                "/test.Test/Flood takes no more messages: /test.Test/Flood was cancelled",
                "/test.Test/Flood takes no more messages: the host ended the connection");
        while (server.callsInFlight() > 0) {
            Thread.onSpinWait(); // the handler is about to end; the test has a time limit
        }
    }

    @Test
    void aHandlerThatIgnoresItsCancellationDisturbsNoOtherCall() throws Exception {
        post("/test.Test/Sleep", false);
        assertThat(seen.take()).isEqualTo("running");
        client.numbers(RST_STREAM, 0, 1, 8);
        assertThat(seen.take()).isEqualTo("interrupted");
        go.countDown();
        client.headers(3, true, ":method", "POST", ":scheme", "http", ":path", "/test.Test/Early", "content-type",
                "application/grpc");
        assertThat(client.readHeaders()).endsWith("grpc-status: 0");
    }
}
