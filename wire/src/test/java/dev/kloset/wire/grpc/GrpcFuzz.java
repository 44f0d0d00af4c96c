package dev.kloset.wire.grpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Any bytes as the messages of a call, cut into frames anywhere: the result is what a simple reader finds in them. */
public final class GrpcFuzz {

    private static final int MAX_MESSAGE = 1000;
    private static final GrpcLimits LIMITS = GrpcLimits.builder().maxInboundMessageBytes(MAX_MESSAGE).build();

    private GrpcFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        if (data.length == 0) {
            return;
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(wire, 4, 0, 0, new byte[0]);
        frame(wire, 1, 4, 1, request());
        int step = 1 + (data[0] & 0xFF);
        for (int at = 1; at < data.length; at += step) {
            byte[] part = Arrays.copyOfRange(data, at, Math.min(data.length, at + step));
            frame(wire, 0, at + step >= data.length ? 1 : 0, 1, part);
        }
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        try (GrpcServer server = GrpcServer.start(new Held(wire.toByteArray(), seen), OutputStream.nullOutputStream(),
                path -> call -> seen.complete(receive(call)), LIMITS)) {
            List<String> expected = expected(data);
            if (data.length > 1 && !seen.get().equals(expected)) {
                throw new IllegalStateException("seen " + seen.get() + ", but there is " + expected);
            }
            seen.complete(expected);
            server.awaitEnd();
        }
    }

    private static List<String> receive(ServerCall call) throws InterruptedException {
        List<String> messages = new ArrayList<>();
        try {
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                messages.add(new String(bytes, StandardCharsets.ISO_8859_1));
            }
            messages.add("end");
        } catch (IOException e) {
            messages.add("error");
        }
        return messages;
    }

    private static List<String> expected(byte[] data) {
        List<String> messages = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(data, 1, data.length - 1);
        while (rest.hasRemaining()) {
            if (rest.remaining() < 5 || rest.get() != 0) {
                messages.add("error");
                return messages;
            }
            int length = rest.getInt();
            if (length < 0 || length > MAX_MESSAGE || length > rest.remaining()) {
                messages.add("error");
                return messages;
            }
            byte[] bytes = new byte[length];
            rest.get(bytes);
            messages.add(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        messages.add("end");
        return messages;
    }

    private static byte[] request() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[]{ (byte) 0x83, (byte) 0x86, 0x04, 2, '/', 'x', 0x0F, 0x10, 16 });
        block.writeBytes("application/grpc".getBytes(StandardCharsets.US_ASCII));
        return block.toByteArray();
    }

    private static void frame(ByteArrayOutputStream wire, int type, int flags, int stream, byte[] payload) {
        wire.writeBytes(new byte[]{ (byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length,
            (byte) type, (byte) flags, 0, 0, 0, (byte) stream });
        wire.writeBytes(payload);
    }

    /** Ends only after the test has examined the call: the end of input would cancel it. */
    private static final class Held extends ByteArrayInputStream {
        private final CompletableFuture<?> until;

        Held(byte[] bytes, CompletableFuture<?> until) {
            super(bytes);
            this.until = until;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            int count = super.read(buffer, offset, length);
            if (count < 0) {
                until.join();
            }
            return count;
        }
    }
}
