package dev.kloset.wire.http2;

import dev.kloset.wire.frame.HeaderBlock;
import dev.kloset.wire.frame.Headers;
import dev.kloset.wire.frame.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Serves HTTP/2 on a port of the loopback, so that conformance suites for TCP can test the connection class. It answers every
 * request with 200 and some data once the request has ended.
 */
public final class H2specServer {

    private static final byte[] CONTENT = "Every request is answered with these words.\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final HeaderBlock ANSWER = HeaderBlock.builder()
            .add(":status", "200")
            .add("content-type", "text/plain")
            .build();
    private static final Http2Limits LIMITS = new Http2Limits(100, 64 * 1024, 256 * 1024, 256 * 1024, 4 << 20, 32 << 20,
            8 << 20, 10_000,
            64 * 1024, 1000);

    private H2specServer() {}

    /** Serve on port {@code args[0]} until the process ends. */
    public static void main(String[] args) throws IOException {
        try (ServerSocket port = new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = port.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            Http2Connection connection = Http2Connection.server(socket.getInputStream(), socket.getOutputStream(),
                    LIMITS, (stream, _) -> new Answering(stream));
            connection.awaitEnd();
            connection.close(); // once everything is written this closes the socket
        } catch (IOException _) {
            // The client is gone; the next one will come.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers when the request is complete. */
    private record Answering(Http2Stream stream) implements StreamListener {

        @Override
        public void headers(Headers headers) {
            // The answer does not depend on them.
        }

        @Override
        public void data(byte[] buffer, int offset, int length, boolean last) {
            stream.consumed(length);
        }

        @Override
        public void trailers(Headers trailers) {
            ended();
        }

        @Override
        public void ended() {
            Thread.ofVirtual().name("answer").start(this::answer);
        }

        @Override
        public void failed(StreamFailure failure) {
            // There is nothing to undo.
        }

        private void answer() {
            try {
                stream.sendResponse(ANSWER, new Content());
                stream.end();
            } catch (IOException _) {
                // The stream has ended; there is nothing more to do.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The content of every answer. */
    private static final class Content implements Payload {
        private int taken;

        @Override
        public int remaining() {
            return CONTENT.length - taken;
        }

        @Override
        public void take(byte[] target, int offset, int length) {
            System.arraycopy(CONTENT, taken, target, offset, length);
            taken += length;
        }
    }
}
