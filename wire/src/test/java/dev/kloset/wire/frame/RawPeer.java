package dev.kloset.wire.frame;

import dev.kloset.wire.PipePair;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The other end of a connection, one frame at a time, with any fault that a test wants. */
public final class RawPeer {

    /** One frame as it came. */
    public static final class RawFrame {
        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        RawFrame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        public int type() {
            return type;
        }

        public int flags() {
            return flags;
        }

        public int stream() {
            return stream;
        }

        public byte[] payload() {
            return payload;
        }

        int int32(int at) {
            return Frame.int32(payload, at);
        }

        /** {@return the code of RST_STREAM or GOAWAY} */
        ErrorCode errorCode() {
            return ErrorCode.of(int32(type == Frame.GOAWAY ? 4 : 0));
        }

        /** {@return the text of GOAWAY} */
        String words() {
            return new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8);
        }
    }

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DataInputStream in;
    private final OutputStream out;
    private final HpackDecoder decoder = new HpackDecoder(1 << 20);

    private RawPeer(DataInputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** {@return a client to the server at the other end of the pipes} */
    public static RawPeer client(PipePair pipes) {
        return new RawPeer(new DataInputStream(pipes.toClient().in()), pipes.toServer().out());
    }

    /** {@return a server to the client at the other end of the pipes} */
    public static RawPeer server(PipePair pipes) {
        return new RawPeer(new DataInputStream(pipes.toServer().in()), pipes.toClient().out());
    }

    /** Begin as a client should: with the preface and empty settings. */
    public RawPeer greet() throws IOException {
        out.write(PREFACE);
        return frame(Frame.SETTINGS, 0, 0);
    }

    public RawPeer raw(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    public RawPeer frame(int type, int flags, int stream, byte... payload) throws IOException {
        FrameBuffer buffer = new FrameBuffer(1 << 20);
        buffer.frame(payload.length, type, flags, stream);
        buffer.add(payload, 0, payload.length);
        out.write(buffer.bytes(), 0, buffer.size());
        return this;
    }

    /** Send numbers of four bytes each. */
    public RawPeer numbers(int type, int flags, int stream, int... numbers) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int number : numbers) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                payload.write(number >> shift);
            }
        }
        return frame(type, flags, stream, payload.toByteArray());
    }

    public RawPeer setting(int id, int value) throws IOException {
        FrameBuffer payload = new FrameBuffer(64);
        payload.int16(id);
        payload.int32(value);
        return frame(Frame.SETTINGS, 0, 0, Arrays.copyOf(payload.bytes(), payload.size()));
    }

    /** Send a whole header list in one frame. */
    public RawPeer headers(int stream, boolean end, String... namesAndValues) throws IOException {
        return frame(Frame.HEADERS, Frame.END_HEADERS | (end ? Frame.END_STREAM : 0), stream, block(namesAndValues));
    }

    /** Send the headers of a call. */
    public RawPeer request(int stream, boolean end) throws IOException {
        return headers(stream, end, ":method", "POST", ":scheme", "http", ":path", "/test.Test/Raw", ":authority", "x",
                "content-type", "application/grpc", "te", "trailers");
    }

    public static byte[] block(String... namesAndValues) {
        HeaderBlock.Builder builder = HeaderBlock.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build().bytes();
    }

    /** Skip the preface of a client. */
    public RawPeer readPreface() throws IOException {
        in.skipNBytes(PREFACE.length);
        return this;
    }

    public RawFrame read() throws IOException {
        byte[] header = new byte[Frame.HEADER_BYTES];
        in.readFully(header);
        byte[] payload = new byte[Frame.int24(header, 0)];
        in.readFully(payload);
        return new RawFrame(header[3], header[4], Frame.int31(header, 5), payload);
    }

    /** {@return the next frame of that type} Others are skipped. */
    public RawFrame read(int type) throws IOException {
        RawFrame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /** {@return the next header list} Frames of other types are skipped. */
    public String readHeaders() throws IOException {
        byte[] block = read(Frame.HEADERS).payload();
        return decoder.decode(block, 0, block.length).toString();
    }

    /** {@return whether the other end has closed its stream} Everything before that is skipped. */
    public boolean readsEnd() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (EOFException _) {
            return true;
        }
    }

    /** Close our stream. */
    public void close() throws IOException {
        out.close();
    }
}
