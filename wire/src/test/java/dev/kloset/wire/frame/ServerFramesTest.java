package dev.kloset.wire.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer.RawFrame;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.Http2Limits;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.Recorder;
import dev.kloset.wire.http2.Settings;
import dev.kloset.wire.http2.StreamFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that sends one frame at a time, right or wrong, and checks the answers. */
class ServerFramesTest {

    static final Http2Limits LIMITS = new Http2Limits(4, 4096, 256 * 1024, 256 * 1024, 4 << 20, 32 << 20, 8 << 20, 1000,
            64 * 1024, 1000);

    private final PipePair pipes = PipePair.usual();
    private final RawPeer client = RawPeer.client(pipes);
    private final Recorder.Streams streams = new Recorder.Streams();
    private final Http2Connection server = Http2Connection.server(pipes.toServer().in(), pipes.toClient().out(), LIMITS,
            streams);

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void settingsComeBeforeAnythingIsRead() throws Exception {
        RawFrame settings = client.read();
        assertThat(settings.type()).isEqualTo(Frame.SETTINGS);
        assertThat(settings.payload()).containsExactly(0, 3, 0, 0, 0, 4, 0, 4, 0, 4, 0, 0, 0, 6, 0, 0, 0x10, 0);
        RawFrame window = client.read();
        assertThat(window.type()).isEqualTo(Frame.WINDOW_UPDATE);
        assertThat(window.int32(0)).isEqualTo((16 << 20) - 65_535);
    }

    @Test
    void settingsAndPingsAreAcknowledged() throws Exception {
        client.greet()
                .frame(Frame.PING, 0, 0, (byte) 2, (byte) 4, (byte) 16, (byte) 16, (byte) 9, (byte) 14, (byte) 7,
                        (byte) 7);
        client.read();
        assertThat(client.read(Frame.SETTINGS).flags()).isEqualTo(Frame.ACK);
        RawFrame ping = client.read(Frame.PING);
        assertThat(ping.flags()).isEqualTo(Frame.ACK);
        assertThat(ping.payload()).containsExactly(2, 4, 16, 16, 9, 14, 7, 7);
    }

    @Test
    void anAcknowledgedPingIsNotAnsweredAgain() throws Exception {
        client.greet()
                .frame(Frame.PING, Frame.ACK, 0, new byte[8])
                .frame(Frame.PING, 0, 0, new byte[]{ 1, 0, 0, 0, 0,
                    0, 0, 0 });
        assertThat(client.read(Frame.PING).payload()[0]).isEqualTo((byte) 1);
    }

    @Test
    void unknownAndUselessFramesAreIgnored() throws Exception {
        client.greet()
                .frame(0x42, 0xFF, 0, new byte[100])
                .frame(0x42, 0xFF, 77, new byte[100])
                .setting(0x999, -1)
                .frame(Frame.PRIORITY, 0, 9, new byte[5])
                .frame(Frame.GOAWAY, 0, 0, new byte[8])
                .request(1, true);
        assertThat(next()).startsWith("1 headers :method: POST");
        assertThat(next()).isEqualTo("1 ended");
    }

    @Test
    void paddingAndPrioritiesAreTakenOff() throws Exception {
        byte[] block = RawPeer.block(":method", "POST", ":scheme", "http", ":path", "/p");
        byte[] padded = new byte[1 + 5 + block.length + 3];
        padded[0] = 3;
        System.arraycopy(block, 0, padded, 6, block.length);
        client.greet()
                .frame(Frame.HEADERS, Frame.END_HEADERS | Frame.PADDED | Frame.WITH_PRIORITY, 1, padded)
                .frame(Frame.DATA, Frame.PADDED | Frame.END_STREAM, 1, (byte) 2, (byte) 'x', (byte) 0, (byte) 0);
        assertThat(next()).isEqualTo("1 headers :method: POST, :scheme: http, :path: /p");
        assertThat(next()).isEqualTo("1 data 1");
        assertThat(next()).isEqualTo("1 ended");
    }

    @Test
    void headersMayComeInPieces() throws Exception {
        byte[] block = RawPeer.block(":method", "POST", ":scheme", "http", ":path", "/p");
        client.greet().frame(Frame.HEADERS, Frame.END_STREAM, 1, block[0]);
        for (int i = 1; i < block.length; i++) {
            client.frame(Frame.CONTINUATION, i == block.length - 1 ? Frame.END_HEADERS : 0, 1, block[i]);
        }
        assertThat(next()).isEqualTo("1 headers :method: POST, :scheme: http, :path: /p");
        assertThat(next()).isEqualTo("1 ended");
    }

    @Test
    void trailersEndARequest() throws Exception {
        client.greet().request(1, false).frame(Frame.DATA, 0, 1, (byte) 1).headers(1, true, "checksum", "1");
        next();
        assertThat(next()).isEqualTo("1 data 1");
        assertThat(next()).isEqualTo("1 trailers checksum: 1");
    }

    @Test
    void aResetIsReportedOnceAndStaysQuiet() throws Exception {
        client.greet()
                .request(1, false)
                .numbers(Frame.RST_STREAM, 0, 1, ErrorCode.CANCEL.number())
                .numbers(Frame.WINDOW_UPDATE, 0, 1, 5)
                .numbers(Frame.RST_STREAM, 0, 1, 8)
                .request(3, true);
        next();
        assertThat(next()).isEqualTo("1 failed PEER CANCEL: the stream was reset with CANCEL");
        assertThat(next()).startsWith("3 headers");
    }

    @Test
    void moreStreamsThanAgreedAreRefused() throws Exception {
        client.greet();
        for (int id = 1; id <= 9; id += 2) {
            client.request(id, false);
        }
        RawFrame refused = client.read(Frame.RST_STREAM);
        assertThat(refused.stream()).isEqualTo(9);
        assertThat(refused.errorCode()).isEqualTo(ErrorCode.REFUSED_STREAM);
        client.frame(Frame.DATA, 0, 9, (byte) 1).numbers(Frame.RST_STREAM, 0, 1, 8).request(11, true);
        awaitEvent("11 ended");
    }

    @Test
    void anEndedStreamMakesRoomForTheNext() throws Exception {
        client.greet();
        for (int id = 1; id < 200; id += 2) {
            client.request(id, true);
            awaitEvent(id + " ended");
            Http2Stream stream = streams.opened.take();
            stream.sendTrailers(HeaderBlock.builder().add("a", "b").build(),
                    HeaderBlock.builder().add(":status", "200").build());
            RawFrame answer = client.read(Frame.HEADERS);
            assertThat(answer.stream()).isEqualTo(id);
            assertThat(answer.flags()).isEqualTo(Frame.END_HEADERS | Frame.END_STREAM);
        }
    }

    @Test
    void largeHeadersBreakOnlyTheirStream() throws Exception {
        // "x: y" goes into the table with the list that is too long, and must be known afterwards.
        byte[] start = { 0x40, 1, 'x', 1, 'y' };
        byte[] rest = RawPeer.block(":method", "POST", "big", "v".repeat(5000));
        byte[] block = new byte[start.length + rest.length];
        System.arraycopy(start, 0, block, 0, start.length);
        System.arraycopy(rest, 0, block, start.length, rest.length);
        client.greet().frame(Frame.HEADERS, Frame.END_HEADERS, 1, block);
        RawFrame reset = client.read(Frame.RST_STREAM);
        assertThat(reset.errorCode()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM);
        byte[] good = RawPeer.block(":method", "POST", ":scheme", "http", ":path", "/p");
        byte[] indexed = Arrays.copyOf(good, good.length + 1);
        indexed[good.length] = (byte) 0xBE;
        client.frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 3, indexed);
        assertThat(next()).isEqualTo("3 headers :method: POST, :scheme: http, :path: /p, x: y");
    }

    @Test
    void aStreamThatIsNotReadDoesNotStopTheConnection() throws Exception {
        client.greet().request(1, false);
        for (int i = 0; i < 16; i++) {
            client.frame(Frame.DATA, 0, 1, new byte[16_384]); // the whole window of the stream, of which the server consumes nothing
        }
        client.request(3, false);
        int given = 0;
        for (int total = 0; total < 16 << 20; total += 16_384) {
            client.frame(Frame.DATA, 0, 3, new byte[16_384]);
            streams.events.clear();
        }
        while (given == 0) {
            RawFrame update = client.read(Frame.WINDOW_UPDATE);
            given = update.stream() == 0 && update.int32(0) == 8 << 20 ? update.int32(0) : 0;
        }
        assertThat(given).isEqualTo(8 << 20);
    }

    // ---- errors

    static Stream<Arguments> connectionErrors() {
        byte[] request = RawPeer.block(":method", "POST", ":scheme", "http", ":path", "/p");
        return Stream.of(
                error("DATA on stream 0", ErrorCode.PROTOCOL_ERROR, c -> c.frame(Frame.DATA, 0, 0)),
                error("DATA on stream 1, which was never opened", ErrorCode.PROTOCOL_ERROR,
                        c -> c.frame(Frame.DATA, 0, 1)),
                error("HEADERS on stream 2, which was never opened", ErrorCode.PROTOCOL_ERROR, c -> c.request(2, true)),
                error("stream 3 is opened after a later one", ErrorCode.PROTOCOL_ERROR,
                        c -> c.request(5, true).request(3, true)),
                error("WINDOW_UPDATE of nothing", ErrorCode.PROTOCOL_ERROR,
                        c -> c.numbers(Frame.WINDOW_UPDATE, 0, 0, 0)),
                error("a connection window beyond 2^31-1", ErrorCode.FLOW_CONTROL_ERROR,
                        c -> c.numbers(Frame.WINDOW_UPDATE, 0, 0, Integer.MAX_VALUE)),
                error("a stream window beyond 2^31-1", ErrorCode.FLOW_CONTROL_ERROR,
                        c -> c.request(1, false)
                                .numbers(Frame.WINDOW_UPDATE, 0, 1, 1 << 30)
                                .setting(Settings.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)),
                error("SETTINGS_INITIAL_WINDOW_SIZE of 4294967295", ErrorCode.FLOW_CONTROL_ERROR,
                        c -> c.setting(Settings.INITIAL_WINDOW_SIZE, -1)),
                error("SETTINGS_MAX_FRAME_SIZE of 1", ErrorCode.PROTOCOL_ERROR,
                        c -> c.setting(Settings.MAX_FRAME_SIZE, 1)),
                error("SETTINGS_ENABLE_PUSH of 2", ErrorCode.PROTOCOL_ERROR, c -> c.setting(Settings.ENABLE_PUSH, 2)),
                error("SETTINGS of 5 bytes", ErrorCode.FRAME_SIZE_ERROR,
                        c -> c.frame(Frame.SETTINGS, 0, 0, new byte[5])),
                error("SETTINGS of 6 bytes", ErrorCode.FRAME_SIZE_ERROR,
                        c -> c.frame(Frame.SETTINGS, Frame.ACK, 0, new byte[6])),
                error("SETTINGS on stream 1", ErrorCode.PROTOCOL_ERROR, c -> c.frame(Frame.SETTINGS, 0, 1)),
                error("PING of 7 bytes", ErrorCode.FRAME_SIZE_ERROR, c -> c.frame(Frame.PING, 0, 0, new byte[7])),
                error("PING on stream 1", ErrorCode.PROTOCOL_ERROR, c -> c.frame(Frame.PING, 0, 1, new byte[8])),
                error("PUSH_PROMISE, which was not requested", ErrorCode.PROTOCOL_ERROR,
                        c -> c.numbers(Frame.PUSH_PROMISE, Frame.END_HEADERS, 1, 2)),
                error("CONTINUATION of nothing", ErrorCode.PROTOCOL_ERROR, c -> c.frame(Frame.CONTINUATION, 0, 1)),
                error("a frame in the middle of a header block", ErrorCode.PROTOCOL_ERROR,
                        c -> c.frame(Frame.HEADERS, 0, 1, request).frame(Frame.PING, 0, 0, new byte[8])),
                error("a frame of 16385 bytes", ErrorCode.FRAME_SIZE_ERROR,
                        c -> c.frame(Frame.DATA, 0, 1, new byte[16_385])),
                error("more padding than payload", ErrorCode.PROTOCOL_ERROR,
                        c -> c.request(1, false).frame(Frame.DATA, Frame.PADDED, 1, (byte) 1)),
                error("RST_STREAM of 5 bytes", ErrorCode.FRAME_SIZE_ERROR,
                        c -> c.request(1, false).frame(Frame.RST_STREAM, 0, 1, new byte[5])),
                error("a header block with index 0", ErrorCode.COMPRESSION_ERROR,
                        c -> c.frame(Frame.HEADERS, Frame.END_HEADERS, 1, (byte) 0x80)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("connectionErrors")
    void aBrokenConnectionEndsWithTheReason(String words, ErrorCode code, Step step) throws Exception {
        step.run(client.greet());
        RawFrame goodbye = client.read(Frame.GOAWAY);
        assertThat(goodbye.words()).isEqualTo(words);
        assertThat(goodbye.errorCode()).isEqualTo(code);
        server.awaitEnd();
        assertThat(server.failure()).hasMessage("the host broke HTTP/2: " + words);
    }

    static Stream<Arguments> streamErrors() {
        return Stream.of(
                error("data after the end", ErrorCode.STREAM_CLOSED,
                        c -> c.request(1, true).frame(Frame.DATA, 0, 1, (byte) 1)),
                error("headers after the end", ErrorCode.STREAM_CLOSED, c -> c.request(1, true).headers(1, true)),
                error("headers in the middle of the data", ErrorCode.PROTOCOL_ERROR,
                        c -> c.request(1, false).headers(1, false)),
                error("a misplaced :path", ErrorCode.PROTOCOL_ERROR,
                        c -> c.request(1, false).headers(1, true, ":path", "/")),
                error("a WINDOW_UPDATE of nothing", ErrorCode.PROTOCOL_ERROR,
                        c -> c.request(1, false).numbers(Frame.WINDOW_UPDATE, 0, 1, 0)),
                error("a window beyond 2^31-1", ErrorCode.FLOW_CONTROL_ERROR,
                        c -> c.request(1, false).numbers(Frame.WINDOW_UPDATE, 0, 1, Integer.MAX_VALUE)),
                error("data that its headers did not announce", ErrorCode.PROTOCOL_ERROR,
                        c -> c.headers(1, false, ":method", "POST", ":scheme", "http", ":path", "/p", "content-length",
                                "3").frame(Frame.DATA, 0, 1, new byte[4])),
                error("more data than its window allows", ErrorCode.FLOW_CONTROL_ERROR, c -> {
                    c.request(1, false);
                    for (int i = 0; i < 17; i++) {
                        c.frame(Frame.DATA, 0, 1, new byte[16_384]);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streamErrors")
    void aBrokenStreamIsResetAndTheOthersLiveOn(String words, ErrorCode code, Step step) throws Exception {
        step.run(client.greet());
        RawFrame reset = client.read(Frame.RST_STREAM);
        assertThat(reset.stream()).isEqualTo(1);
        assertThat(reset.errorCode()).isEqualTo(code);
        awaitEvent("1 failed PROTOCOL " + code + ": the other end sent " + words);
        client.request(3, true);
        awaitEvent("3 ended");
    }

    @Test
    void badRequestsAreResetAndReachNoListener() throws Exception {
        client.greet()
                .headers(1, true, ":method", "POST", ":scheme", "http")
                .headers(3, true, ":method", "GET", ":scheme", "http", ":path", "/", "Upper", "x")
                .headers(5, true, ":method", "GET", ":scheme", "http", ":path", "/", "connection", "close")
                .headers(7, true, ":method", "GET", ":scheme", "http", ":path", "/", ":path", "/")
                .request(9, true);
        for (int id = 1; id <= 7; id += 2) {
            RawFrame reset = client.read(Frame.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(id);
            assertThat(reset.errorCode()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
        }
        assertThat(next()).startsWith("9 headers");
    }

    // ---- ends

    @Test
    void theEndOfInputIsNoFailure() throws Exception {
        client.greet().request(1, false);
        next();
        client.close();
        assertThat(next()).isEqualTo("1 failed CONNECTION CANCEL: the host ended the connection");
        server.awaitEnd();
        assertThat(server.failure()).isNull();
        assertThat(server.endReason()).isEqualTo("the host ended the connection");
    }

    @Test
    void theEndOfInputBeforeTheFirstByteIsNoFailure() throws Exception {
        client.close();
        server.awaitEnd();
        assertThat(server.failure()).isNull();
    }

    @Test
    void theEndInsideAFrameIsAFailure() throws Exception {
        client.greet().raw(new byte[]{ 0, 0, 8, 6 });
        client.close();
        server.awaitEnd();
        assertThat(server.failure()).hasMessage("cannot read from the host: the stream ended inside a frame");
    }

    @Test
    void anythingButThePrefaceIsQuoted() throws Exception {
        client.raw("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        server.awaitEnd();
        assertThat(server.failure()).hasMessage("the host wrote \"GET / HTTP/1.1\\x0d\" instead of HTTP/2");
    }

    @Test
    void settingsMustComeFirst() throws Exception {
        client.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).request(1, true);
        assertThat(client.read(Frame.GOAWAY).words()).isEqualTo("it does not begin with SETTINGS");
    }

    @Test
    void aBrokenPipeEndsTheConnectionEvenIfTheInputStaysOpen() throws Exception {
        client.greet().request(1, true);
        Http2Stream stream = streams.opened.take();
        client.frame(Frame.PING, 0, 0, new byte[8]).read(Frame.PING); // the stream has begun, all was written
        pipes.toClient().in().close();
        client.frame(Frame.PING, 0, 0, new byte[8]);
        server.awaitEnd();
        assertThat(server.failure()).hasMessage("cannot write to the host: Broken pipe");
        assertThat(stream.failure()).extracting(StreamFailure::text)
                .isEqualTo("cannot write to the host: Broken pipe");
    }

    @Test
    void closingSaysNothingButClosesTheOutput() throws Exception {
        client.greet().request(1, false);
        next();
        server.close();
        server.close();
        assertThat(next()).isEqualTo("1 failed CONNECTION CANCEL: the connection to the host was closed");
        server.awaitEnd();
        client.read();
        client.read();
        assertThat(client.read().type()).isEqualTo(Frame.SETTINGS); // the acknowledgement
        assertThat(client.readsEnd()).isTrue();
        assertThat(server.failure()).isNull();
    }

    /** What a test does to the server. */
    interface Step {
        void run(RawPeer client) throws IOException;
    }

    private static Arguments error(String words, ErrorCode code, Step step) {
        return arguments(words, code, step);
    }

    private String next() throws InterruptedException {
        return requireNonNull(streams.events.take());
    }

    private void awaitEvent(String wanted) throws InterruptedException {
        String event = next();
        while (!event.equals(wanted)) {
            event = next();
        }
    }
}
