package dev.kloset.wire.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer.RawFrame;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.Recorder;
import dev.kloset.wire.http2.Settings;
import dev.kloset.wire.http2.StreamEndedException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that sends one frame at a time, right or wrong. */
class ClientFramesTest {

    private static final HeaderBlock REQUEST = HeaderBlock.builder()
            .add(":method", "POST")
            .add(":scheme", "http")
            .add(":path", "/test")
            .build();

    private final PipePair pipes = PipePair.usual();
    private final RawPeer server = RawPeer.server(pipes);
    private final Recorder.Streams streams = new Recorder.Streams();
    private final Http2Connection client = Http2Connection.client(pipes.toClient().in(), pipes.toServer().out(),
            ServerFramesTest.LIMITS);

    @AfterEach
    void close() throws IOException {
        server.close();
        client.close();
    }

    @Test
    void prefaceAndSettingsComeFirst() throws Exception {
        RawFrame settings = server.readPreface().read();
        assertThat(settings.type()).isEqualTo(Frame.SETTINGS);
        assertThat(settings.payload()).containsExactly(0, 2, 0, 0, 0, 0, 0, 4, 0, 4, 0, 0, 0, 6, 0, 0, 0x10, 0);
        assertThat(client.awaitReady(Duration.ZERO)).isFalse();
        server.frame(Frame.SETTINGS, 0, 0);
        assertThat(client.awaitReady(Duration.ofMinutes(2))).isTrue();
        assertThat(client.hasEnded()).isFalse();
    }

    @Test
    void aSmallerHeaderTableIsAcknowledgedInTheNextBlock() throws Exception {
        server.setting(Settings.HEADER_TABLE_SIZE, 100).readPreface();
        client.awaitReady(Duration.ofMinutes(2));
        open();
        open();
        assertThat(server.read(Frame.HEADERS).payload()[0]).isEqualTo((byte) 0x20);
        assertThat(server.read(Frame.HEADERS).payload()).isEqualTo(REQUEST.bytes());
    }

    @Test
    void largeHeadersGoOutInPieces() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0).readPreface();
        HeaderBlock large = HeaderBlock.builder().add("large", "x".repeat(40_000)).build();
        client.open(large, Long.MAX_VALUE, streams::listen);
        int size = server.read(Frame.HEADERS).payload().length;
        RawFrame piece = server.read();
        while (piece.flags() != Frame.END_HEADERS) {
            assertThat(piece.type()).isEqualTo(Frame.CONTINUATION);
            size += piece.payload().length;
            piece = server.read();
        }
        assertThat(size + piece.payload().length).isEqualTo(large.bytes().length);
    }

    @Test
    void answersMayBePreceded() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0);
        open();
        server.headers(1, false, ":status", "103").headers(1, false, ":status", "200").headers(1, true, "a", "b");
        assertThat(next()).isEqualTo("1 headers :status: 200");
        assertThat(next()).isEqualTo("1 trailers a: b");
    }

    @Test
    void dataBeforeHeadersBreaksTheStream() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0);
        open();
        server.frame(Frame.DATA, 0, 1, (byte) 1);
        assertThat(next())
                .isEqualTo(
                        "1 failed PROTOCOL PROTOCOL_ERROR: the other end sent data that its headers did not announce");
    }

    @Test
    void framesForACancelledStreamAreIgnored() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0).readPreface();
        Http2Stream stream = open();
        stream.reset(ErrorCode.CANCEL, "not needed");
        assertThat(next()).isEqualTo("1 failed US CANCEL: not needed");
        server.headers(1, false, ":status", "200").frame(Frame.DATA, 0, 1, (byte) 1).headers(1, true, "a", "b");
        open();
        server.headers(3, true, ":status", "200");
        assertThat(next()).isEqualTo("3 headers :status: 200");
        assertThat(server.read(Frame.RST_STREAM).errorCode()).isEqualTo(ErrorCode.CANCEL);
    }

    @Test
    void goAwayLetsServedStreamsEndAndRefusesTheOthers() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0);
        open();
        open();
        server.numbers(Frame.GOAWAY, 0, 0, 1, ErrorCode.NO_ERROR.number());
        assertThat(next()).isEqualTo("3 failed PEER REFUSED_STREAM: the plugin takes no more calls: NO_ERROR");
        assertThatThrownBy(this::open).isInstanceOf(StreamEndedException.class)
                .hasMessage("the plugin takes no more calls: NO_ERROR");
        server.headers(1, true, ":status", "200");
        assertThat(next()).isEqualTo("1 headers :status: 200");
        server.close();
        client.awaitEnd();
        assertThat(client.failure()).isNull();
    }

    @Test
    void aGoAwayWithAReasonExplainsTheEnd() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0);
        open();
        server.frame(Frame.GOAWAY, 0, 0, new byte[]{ 0, 0, 0, 1, 0, 0, 0, 11, 't', 'o', 'o', ' ', 'm', 'a', 'n', 'y' });
        server.close();
        assertThat(next()).isEqualTo(
                "1 failed CONNECTION CANCEL: the plugin takes no more calls: ENHANCE_YOUR_CALM, too many");
        client.awaitEnd();
        assertThat(client.failure()).hasMessage("the plugin takes no more calls: ENHANCE_YOUR_CALM, too many");
    }

    @Test
    void aLimitOfStreamsMakesTheNextWait() throws Exception {
        server.setting(Settings.MAX_CONCURRENT_STREAMS, 1).readPreface();
        client.awaitReady(Duration.ofMinutes(2));
        Http2Stream first = open();
        Thread second = Thread.ofVirtual().start(() -> {
            try {
                open();
            } catch (IOException | InterruptedException e) {
                streams.events.add(e.toString());
            }
        });
        assertThat(server.read(Frame.HEADERS).stream()).isEqualTo(1);
        first.reset(ErrorCode.CANCEL, "room for others");
        second.join();
        assertThat(server.read(Frame.HEADERS).stream()).isEqualTo(3);
        assertThat(next()).isEqualTo("1 failed US CANCEL: room for others");
        assertThat(streams.events).isEmpty();
    }

    @Test
    void aStreamThatWaitsToBeOpenedLearnsOfTheEnd() throws Exception {
        server.setting(Settings.MAX_CONCURRENT_STREAMS, 0);
        client.awaitReady(Duration.ofMinutes(2));
        Thread.ofVirtual().start(() -> {
            try {
                open();
            } catch (IOException | InterruptedException e) {
                streams.events.add(e.getMessage());
            }
        });
        server.close();
        assertThat(next()).isEqualTo("the plugin ended the connection");
    }

    @Test
    void pushIsAnError() throws Exception {
        server.frame(Frame.SETTINGS, 0, 0);
        open();
        server.numbers(Frame.PUSH_PROMISE, Frame.END_HEADERS, 1, 2);
        client.awaitEnd();
        assertThat(client.failure()).hasMessage("the plugin broke HTTP/2: PUSH_PROMISE, which was not requested");
    }

    private Http2Stream open() throws IOException, InterruptedException {
        return client.open(REQUEST, Long.MAX_VALUE, streams::listen).stream;
    }

    private String next() throws InterruptedException {
        return requireNonNull(streams.events.take());
    }
}
