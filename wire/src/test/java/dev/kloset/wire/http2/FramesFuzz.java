package dev.kloset.wire.http2;

import dev.kloset.wire.frame.ErrorCode;
import dev.kloset.wire.frame.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Any bytes as frames, for both ends and for the watcher: each comes to an end, without an unintended exception. */
public final class FramesFuzz {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SETTINGS = { 0, 0, 0, 4, 0, 0, 0, 0, 0 };
    private static final Http2Limits LIMITS = new Http2Limits(16, 4096, 1000, 1000, 4000, 1 << 20, 10_000, 100, 1000,
            1000);

    private FramesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        boolean client = data.length > 0 && (data[0] & 1) != 0;
        byte[] input = data.length > 0 && (data[0] & 2) != 0
                ? data
                : after(client ? SETTINGS : join(PREFACE, SETTINGS), data);
        watch(!client, input);
        InputStream in = new ByteArrayInputStream(input);
        try (Http2Connection connection = client
                ? Http2Connection.client(in, OutputStream.nullOutputStream(), LIMITS)
                : Http2Connection.server(in, OutputStream.nullOutputStream(), LIMITS,
                        (stream, headers) -> new Echo(stream))) {
            connection.awaitReady(Duration.ofSeconds(5));
            connection.awaitEnd();
            Throwable cause = connection.failure() == null ? null : connection.failure().getCause();
            if (cause instanceof RuntimeException || cause instanceof Error) {
                throw new IllegalStateException("not meant to happen", cause);
            }
        }
    }

    private static byte[] after(byte[] begin, byte[] data) {
        byte[] rest = new byte[Math.max(0, data.length - 1)];
        System.arraycopy(data, data.length - rest.length, rest, 0, rest.length);
        return join(begin, rest);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static void watch(boolean client, byte[] input) {
        FrameTap tap = new FrameTap(client, new UninterestedWatcher());
        int step = 1 + input.length % 37;
        for (int at = 0; at < input.length; at += step) {
            tap.add(input, at, Math.min(step, input.length - at));
        }
        tap.end();
    }

    private static final class UninterestedWatcher implements FrameTap.Watcher {
        @Override
        public void headers(int stream, Headers headers, boolean end) {}

        @Override
        public void data(int stream, byte[] buffer, int offset, int length, boolean end) {}

        @Override
        public void reset(int stream, ErrorCode code) {}

        @Override
        public void goAway(ErrorCode code, String text) {}

        @Override
        public void lost(String why) {}
    }

    /** Takes what comes. */
    private record Echo(Http2Stream stream) implements StreamListener {
        @Override
        public void headers(Headers headers) {}

        @Override
        public void data(byte[] buffer, int offset, int length, boolean last) {
            stream.consumed(length);
        }

        @Override
        public void trailers(Headers trailers) {}

        @Override
        public void ended() {}

        @Override
        public void failed(StreamFailure failure) {}
    }
}
