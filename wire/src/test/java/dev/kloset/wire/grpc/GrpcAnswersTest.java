package dev.kloset.wire.grpc;

import static dev.kloset.wire.grpc.GrpcCallTest.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller sees when the other end sends a strange answer. */
class GrpcAnswersTest {

    private static final int DATA = 0;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;

    private final PipePair pipes = PipePair.usual();
    private final RawPeer server = RawPeer.server(pipes);
    private final GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
            GrpcLimits.defaults());

    @AfterEach
    void close() throws IOException {
        server.close();
        client.close();
    }

    private ClientCall call() throws Exception {
        server.frame(SETTINGS, 0, 0);
        client.awaitReady(Duration.ofMinutes(2));
        ClientCall call = client.call("/a.B/C");
        call.halfClose();
        return call;
    }

    @Test
    void theRequestIsWhatServersExpect() throws Exception {
        call();
        assertThat(server.readPreface().readHeaders()).isEqualTo(":method: POST, :scheme: http, :path: /a.B/C,"
                + " :authority: 127.0.0.1:0, content-type: application/grpc, te: trailers");
    }

    @ParameterizedTest
    @CsvSource({ "404, UNIMPLEMENTED", "503, UNAVAILABLE", "401, UNAUTHENTICATED", "403, PERMISSION_DENIED",
        "400, INTERNAL", "302, UNKNOWN" })
    void anAnswerOfHttpIsNamed(String http, StatusCode code) throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", http, "content-type", "text/html").frame(DATA, END_STREAM, 1, (byte) '<');
        assertStatus(call, code, "/a.B/C was answered with HTTP status " + http + ", not with gRPC");
    }

    @Test
    void anotherContentTypeIsNamed() throws Exception {
        ClientCall call = call();
        server.headers(1, true, ":status", "200", "content-type", "text/html");
        assertStatus(call, StatusCode.UNKNOWN, "/a.B/C was answered with content of type text/html, not with gRPC");
    }

    @Test
    void aMissingStatusIsAnError() throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", "200", "content-type", "application/grpc")
                .frame(DATA, END_STREAM, 1, new byte[]{ 0, 0, 0, 0, 1, 7 });
        assertThat(call.receive()).isEqualTo(ByteBuffer.wrap(new byte[]{ 7 }));
        assertStatus(call, StatusCode.INTERNAL, "/a.B/C ended without a status");
    }

    @Test
    void aStatusWithoutAMessageGetsOne() throws Exception {
        ClientCall call = call();
        server.headers(1, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "9");
        assertStatus(call, StatusCode.FAILED_PRECONDITION,
                "/a.B/C failed with status FAILED_PRECONDITION and no message");
    }

    @ParameterizedTest
    @CsvSource({ "99, UNKNOWN", "x, UNKNOWN", "-1, UNKNOWN", "16, UNAUTHENTICATED" })
    void strangeNumbersAreUnknown(String number, StatusCode code) throws Exception {
        ClientCall call = call();
        server.headers(1, true, ":status", "200", "content-type", "application/grpc", "grpc-status", number,
                "grpc-message", "why");
        assertStatus(call, code, "why");
    }

    @Test
    void onlyProperlyEncodedCharactersAreDecoded() throws Exception {
        ClientCall call = call();
        server.headers(1, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "2",
                "grpc-message", "100%25 %C3%bC %zz %4");
        assertStatus(call, StatusCode.UNKNOWN, "100% ü %zz %4");
    }

    @Test
    void anAnswerThatEndsInsideAMessageIsAnError() throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", "200", "content-type", "application/grpc")
                .frame(DATA, 0, 1, new byte[]{ 0, 0, 0, 0, 9, 7 })
                .headers(1, true, "grpc-status", "0");
        assertStatus(call, StatusCode.INTERNAL, "/a.B/C ended in the middle of a message");
    }

    @ParameterizedTest
    @CsvSource({ "1, UNIMPLEMENTED, 'is compressed, which is not supported'", "2, INTERNAL, has unknown flags: 2" })
    void flagsOfMessagesAreChecked(byte flags, StatusCode code, String words) throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", "200", "content-type", "application/grpc")
                .frame(DATA, 0, 1,
                        new byte[]{ flags, 0, 0, 0, 0 });
        assertStatus(call, code, "a message of /a.B/C " + words);
        assertThat(server.readPreface().read(RST_STREAM).stream()).isEqualTo(1);
    }

    @Test
    void aLengthBeyondAllLimitsIsRefusedBeforeAnythingIsAllocated() throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", "200", "content-type", "application/grpc")
                .frame(DATA, 0, 1,
                        new byte[]{ 0, -1, -1, -1, -1 });
        assertStatus(call, StatusCode.RESOURCE_EXHAUSTED,
                "a message of /a.B/C has 4294967295 bytes, more than the limit of 67108864");
    }

    @ParameterizedTest
    @CsvSource({ "7, UNAVAILABLE, the other end has no room for it", "8, CANCELLED, the stream was reset with CANCEL",
        "11, RESOURCE_EXHAUSTED, the stream was reset with ENHANCE_YOUR_CALM",
        "12, PERMISSION_DENIED, the stream was reset with INADEQUATE_SECURITY",
        "2, INTERNAL, the stream was reset with INTERNAL_ERROR",
        "77, INTERNAL, the stream was reset with INTERNAL_ERROR" })
    void aResetIsAStatus(int number, StatusCode code, String words) throws Exception {
        ClientCall call = call();
        server.numbers(RST_STREAM, 0, 1, number);
        assertStatus(call, code, "/a.B/C failed: " + words);
    }

    @Test
    void printedTextIsQuoted() throws Exception {
        server.raw("Hello \u001b[1mWorld\n".getBytes(StandardCharsets.UTF_8));
        assertNotReady("the plugin wrote \"Hello \\x1b[1mWorld\" to its standard output instead of HTTP/2");
        assertThatThrownBy(() -> client.call("/a.B/C")).isInstanceOf(StatusException.class)
                .hasMessage("cannot call /a.B/C: the plugin wrote \"Hello \\x1b[1mWorld\" to its standard output"
                        + " instead of HTTP/2");
    }

    @Test
    void muchPrintedTextIsCut() throws Exception {
        server.raw(("line\n" + "x".repeat(200)).getBytes(StandardCharsets.UTF_8));
        assertNotReady("the plugin wrote \"line\\n" + "x".repeat(75)
                + "\"... to its standard output instead of HTTP/2");
    }

    @Test
    void anotherFrameThanSettingsIsNotHttp2() throws Exception {
        server.frame(6, 0, 0, new byte[8]);
        assertThatThrownBy(() -> client.awaitReady(Duration.ofMinutes(2)))
                .hasMessageStartingWith("the plugin wrote \"\\x00\\x00\\x08\\x06");
    }

    @Test
    void silenceIsTimed() {
        assertNotReady(Duration.ofMillis(10), "the plugin did not speak HTTP/2 within 10 ms");
    }

    @Test
    void theEndBeforeTheFirstByteIsAFailure() throws Exception {
        server.close();
        assertNotReady("the plugin ended before it spoke HTTP/2");
        assertThat(client.failure()).hasMessage("the plugin ended before it spoke HTTP/2");
    }

    @Test
    void theEndInsideTheFirstFrameIsAFailure() throws Exception {
        server.raw(new byte[]{ 0, 0, 0, SETTINGS, 0 });
        server.close();
        assertNotReady("cannot read from the plugin: the stream ended inside a frame");
    }

    @Test
    void whatArrivedBeforeTheEndIsReceived() throws Exception {
        ClientCall call = call();
        server.headers(1, false, ":status", "200", "content-type", "application/grpc")
                .frame(DATA, 0, 1,
                        new byte[]{ 0, 0, 0, 0, 1, 7 });
        server.close();
        assertThat(call.receive()).isEqualTo(ByteBuffer.wrap(new byte[]{ 7 }));
        assertStatus(call, StatusCode.UNAVAILABLE, "/a.B/C failed: the plugin ended the connection");
    }

    @Test
    void theLastWordIsReadThoughThePipeIsBroken() throws Exception {
        ClientCall call = call();
        pipes.toServer().in().close();
        ClientCall writing = client.call("/a.B/Write"); // notices that the pipe is broken
        server.headers(1, true, ":status", "200", "content-type", "application/grpc", "grpc-status", "9",
                "grpc-message", "out of disk");
        assertStatus(call, StatusCode.FAILED_PRECONDITION, "out of disk");
        server.close();
        assertThatThrownBy(writing::receive).isInstanceOf(StatusException.class);
    }

    private void assertNotReady(String words) {
        assertNotReady(Duration.ofSeconds(10), words);
    }

    private void assertNotReady(Duration patience, String words) {
        assertThatThrownBy(() -> client.awaitReady(patience)).isInstanceOf(IOException.class).hasMessage(words);
    }
}
