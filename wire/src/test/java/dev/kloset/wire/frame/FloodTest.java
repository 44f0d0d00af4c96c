package dev.kloset.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer.RawFrame;
import dev.kloset.wire.http2.FloodGuard;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.Http2Limits;
import dev.kloset.wire.http2.Recorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that try to use up our memory or our time, and honest ones that are merely fast. */
class FloodTest {

    private final PipePair pipes = PipePair.of(1 << 20, Integer.MAX_VALUE);
    private final RawPeer client = RawPeer.client(pipes);
    private final Recorder.Streams streams = new Recorder.Streams();
    private final Http2Connection server = Http2Connection.server(pipes.toServer().in(), pipes.toClient().out(),
            ServerFramesTest.LIMITS, streams);

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void unreadAnswersAreCounted() throws Exception {
        client.greet();
        client.read(Frame.SETTINGS);
        pipes.toClient().hold();
        // The bytes in the pipe and those being written do not count, hence the high number.
        byte[] pings = repeated(Frame.PING, 0, 0, new byte[8], 90_000);
        Thread.ofVirtual().start(() -> send(pings));
        server.awaitEnd();
        assertThat(server.failure())
                .hasMessage("the host broke HTTP/2: more than 1000 unread answers, the last one to PING");
    }

    /** Each of these streams may receive 65,535 bytes, whatever our SETTINGS say. */
    @Test
    void streamsThatOpenBeforeOurSettingsAreKnownAreRefusedWhenThereIsNoMemoryForThem() throws Exception {
        PipePair others = PipePair.usual();
        Http2Limits small = new Http2Limits(100, 4096, 1000, 1000, 1000, 3 * 64_535, 0, 1000, 64 * 1024, 1000);
        RawPeer hasty = RawPeer.client(others).greet();
        try (Http2Connection narrow = Http2Connection.server(others.toServer().in(), others.toClient().out(), small,
                new Recorder.Streams())) {
            hasty.request(1, false).request(3, false).request(5, false).request(7, false);
            RawFrame refused = hasty.read(Frame.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(7);
            assertThat(refused.errorCode()).isEqualTo(ErrorCode.REFUSED_STREAM);
            hasty.frame(Frame.SETTINGS, Frame.ACK, 0).request(9, false).frame(Frame.DATA, 0, 9, new byte[1001]);
            RawFrame failed = hasty.read(Frame.RST_STREAM);
            assertThat(failed.stream()).isEqualTo(9);
            assertThat(failed.errorCode()).as("it was accepted, with the window that was announced")
                    .isEqualTo(ErrorCode.FLOW_CONTROL_ERROR);
            assertThat(narrow.hasEnded()).isFalse();
        }
    }

    @Test
    void uselessFramesAreCounted() throws Exception {
        AtomicLong clock = new AtomicLong();
        FloodGuard guard = new FloodGuard(clock::get);
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < FloodGuard.FRAMES_PER_SECOND; i++) {
                guard.count("PING");
            }
            clock.addAndGet(1_000_000_000L);
        }
        for (int i = 0; i < FloodGuard.FRAMES_PER_SECOND; i++) {
            guard.count("PING");
        }
        clock.addAndGet(999_999_999L);
        assertThatThrownBy(() -> guard.count("PING")).isInstanceOfSatisfying(ConnectionError.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM))
                .hasMessage("more than 100000 useless frames in a second, the last one PING");
    }

    @ParameterizedTest
    @CsvSource({ "0, DATA without content", "2, PRIORITY", "119, of an unknown type" })
    void aFloodEndsTheConnection(int type, String what) throws Exception {
        client.greet().request(1, false);
        byte[] frames = repeated(type, 0, 1, new byte[type == Frame.DATA ? 0 : 5], 10_000);
        Thread.ofVirtual().start(() -> {
            while (!server.hasEnded()) {
                send(frames);
            }
        });
        RawFrame goodbye = client.read(Frame.GOAWAY);
        assertThat(goodbye.errorCode()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM);
        assertThat(goodbye.words()).isEqualTo("more than 100000 useless frames in a second, the last one " + what);
        pipes.toServer().in().close();
    }

    @Test
    void aHeaderBlockThatDoesNotEndIsCutOff() throws Exception {
        client.greet().frame(Frame.HEADERS, 0, 1, (byte) 0x82);
        for (int i = 0; i < 100; i++) {
            client.frame(Frame.CONTINUATION, 0, 1);
        }
        assertThat(client.read(Frame.GOAWAY).words()).isEqualTo("a header block that does not end");
    }

    @Test
    void aHeaderBlockThatGrowsIsCutOff() throws Exception {
        client.greet().frame(Frame.HEADERS, 0, 1, new byte[16_000]);
        client.frame(Frame.CONTINUATION, 0, 1, new byte[16_000]);
        assertThat(client.read(Frame.GOAWAY).words()).isEqualTo("a header block that does not end");
    }

    @Test
    void manyPingsOfAnHonestClientAreAnswered() throws Exception {
        client.greet();
        byte[] pings = repeated(Frame.PING, 0, 0, new byte[8], 500);
        for (int round = 0; round < 100; round++) {
            client.raw(pings);
            for (int i = 0; i < 500; i++) {
                client.read(Frame.PING);
            }
        }
        assertThat(server.hasEnded()).isFalse();
    }

    @Test
    void manyQuickCancellationsOfAnHonestClientAreFine() throws Exception {
        client.greet();
        for (int id = 1; id < 2 * 20_000; id += 2) {
            client.request(id, false).numbers(Frame.RST_STREAM, 0, id, ErrorCode.CANCEL.number());
        }
        client.request(40_001, true);
        String event = streams.events.take();
        while (!event.equals("40001 ended")) {
            assertThat(event).containsAnyOf("headers", "failed PEER CANCEL");
            event = streams.events.take();
        }
        assertThat(server.hasEnded()).isFalse();
    }

    private byte[] repeated(int type, int flags, int stream, byte[] payload, int count) {
        FrameBuffer frame = new FrameBuffer(1024);
        frame.frame(payload.length, type, flags, stream);
        frame.add(payload, 0, payload.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.write(frame.bytes(), 0, frame.size());
        }
        return all.toByteArray();
    }

    private void send(byte[] bytes) {
        try {
            client.raw(bytes);
        } catch (IOException _) {
            // The server has given up.
        }
    }
}
