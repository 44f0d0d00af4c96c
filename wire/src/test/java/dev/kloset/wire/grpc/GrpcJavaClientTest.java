package dev.kloset.wire.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** grpc-java calls our server. */
class GrpcJavaClientTest {

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void callsUnaryMethods() throws Exception {
        ManagedChannel channel = channel(Map.of("Echo", Connected::echo), GrpcLimits.defaults(), 1 << 20);
        byte[] answer = ClientCalls.blockingUnaryCall(channel, GrpcJava.method(MethodType.UNARY, "Echo"),
                CallOptions.DEFAULT, "grüße".getBytes(UTF_8));
        assertThat(answer).isEqualTo("grüße".getBytes(UTF_8));
    }

    @Test
    void receivesAStream() throws Exception {
        ManagedChannel channel = channel(Map.of("Count", call -> {
            for (int i = 0; i < 10_000; i++) {
                call.send(Connected.bytes("number " + i));
            }
        }), GrpcLimits.defaults(), 1 << 20);
        Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(channel,
                GrpcJava.method(MethodType.SERVER_STREAMING, "Count"), CallOptions.DEFAULT, new byte[0]);
        for (int i = 0; i < 10_000; i++) {
            assertThat(new String(answers.next(), UTF_8)).isEqualTo("number " + i);
        }
        assertThat(answers.hasNext()).isFalse();
    }

    @Test
    void sendsAStream() throws Exception {
        ManagedChannel channel = channel(Map.of("Sum", call -> {
            long sum = 0;
            for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
                sum += message.remaining();
            }
            call.send(Connected.bytes("sum " + sum));
        }), GrpcLimits.defaults(), 1 << 20);
        BlockingClientCall<byte[], byte[]> call = ClientCalls.blockingClientStreamingCall(channel,
                GrpcJava.method(MethodType.CLIENT_STREAMING, "Sum"), CallOptions.DEFAULT);
        for (int i = 0; i < 1000; i++) {
            call.write(new byte[i]);
        }
        call.halfClose();
        assertThat(new String(call.read(), UTF_8)).isEqualTo("sum 499500");
        assertThat(call.read()).isNull();
    }

    @Test
    void exchangesLargeMessagesThroughTinyWindows() throws Exception {
        GrpcLimits tiny = GrpcLimits.builder().initialStreamWindow(1000).maxStreamWindow(3000).build();
        ManagedChannel channel = channel(Map.of("Echo", Connected::echo), tiny, 1000);
        exchange(channel, 1 << 20);
    }

    @Test
    void exchangesMessagesOfFourMebibytes() throws Exception {
        exchange(channel(Map.of("Echo", Connected::echo), GrpcLimits.defaults(), 1 << 20), 4 << 20);
    }

    private static void exchange(ManagedChannel channel, int size) throws Exception {
        BlockingClientCall<byte[], byte[]> call = ClientCalls.blockingBidiStreamingCall(channel,
                GrpcJava.method(MethodType.BIDI_STREAMING, "Echo"), CallOptions.DEFAULT);
        for (int i = 1; i <= 3; i++) {
            byte[] content = new byte[size];
            content[0] = (byte) i;
            content[size - 1] = (byte) (i + 1);
            call.write(content);
            assertThat(call.read()).isEqualTo(content);
        }
        call.halfClose();
        assertThat(call.read()).isNull();
    }

    @Test
    void makesAThousandCallsAtOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(1000);
        ManagedChannel channel = channel(Map.of("Meet", call -> {
            all.countDown();
            all.await(); // ends only when all thousand are here
            Connected.echo(call);
        }), GrpcLimits.defaults(), 1 << 20);
        List<Future<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answers.add(ClientCalls.futureUnaryCall(
                    channel.newCall(GrpcJava.method(MethodType.UNARY, "Meet"), CallOptions.DEFAULT),
                    ("call " + i).getBytes(UTF_8)));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(new String(answers.get(i).get(), UTF_8)).isEqualTo("call " + i);
        }
    }

    @Test
    void cancelsACall() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        ManagedChannel channel = channel(Map.of("Sleep", call -> {
            call.onCancel(cancelled::countDown);
            running.countDown();
            new CountDownLatch(1).await();
        }), GrpcLimits.defaults(), 1 << 20);
        BlockingClientCall<byte[], byte[]> call = ClientCalls.blockingBidiStreamingCall(channel,
                GrpcJava.method(MethodType.BIDI_STREAMING, "Sleep"), CallOptions.DEFAULT);
        call.write(new byte[1]);
        running.await();
        call.cancel("enough", null);
        cancelled.await();
    }

    @Test
    void givesUpAtItsDeadline() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        ManagedChannel channel = channel(Map.of("Sleep", call -> {
            call.onCancel(cancelled::countDown);
            call.send(Connected.bytes("running"));
            new CountDownLatch(1).await();
        }), GrpcLimits.defaults(), 1 << 20);
        Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(channel,
                GrpcJava.method(MethodType.SERVER_STREAMING, "Sleep"),
                CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS), new byte[0]);
        assertThat(new String(answers.next(), UTF_8)).isEqualTo("running");
        assertThatThrownBy(answers::hasNext).isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("DEADLINE_EXCEEDED");
        cancelled.await();
    }

    @Test
    void learnsStatusAndText() throws Exception {
        String text = "„ü“ 漢字 🙂 50%41 \t end";
        ManagedChannel channel = channel(Map.of("Fail", _ -> {
            throw new StatusException(StatusCode.ALREADY_EXISTS, text);
        }, "Long", _ -> {
            throw new StatusException(StatusCode.INTERNAL, "ü".repeat(10_000));
        }), GrpcLimits.defaults(), 1 << 20);
        assertThat(failure(channel, "Fail")).isEqualTo("ALREADY_EXISTS: „ü“ 漢字 🙂 50%41 end");
        assertThat(failure(channel, "Long")).startsWith("INTERNAL: üüü");
        assertThat(failure(channel, "Nothing")).isEqualTo("UNIMPLEMENTED: there is no method /test.Test/Nothing");
    }

    private static @Nullable String failure(ManagedChannel channel, String method) {
        try {
            ClientCalls.blockingUnaryCall(channel, GrpcJava.method(MethodType.UNARY, method), CallOptions.DEFAULT,
                    new byte[0]);
            return null;
        } catch (StatusRuntimeException e) {
            return e.getMessage();
        }
    }

    @Test
    void isAnsweredWhileItStillSends() throws Exception {
        ManagedChannel channel = channel(Map.of("Refuse", _ -> {
            throw new StatusException(StatusCode.PERMISSION_DENIED, "not here");
        }), GrpcLimits.defaults(), 1 << 20);
        BlockingClientCall<byte[], byte[]> call = ClientCalls.blockingBidiStreamingCall(channel,
                GrpcJava.method(MethodType.BIDI_STREAMING, "Refuse"), CallOptions.DEFAULT);
        assertThatThrownBy(() -> {
            while (call.write(new byte[100_000])) {
                // until the answer has come
            }
            call.read();
        }).hasMessageContaining("PERMISSION_DENIED: not here");
    }

    @Test
    void sendsManyAndLargeHeaders() throws Exception {
        ManagedChannel channel = channel(Map.of("Echo", Connected::echo), GrpcLimits.defaults(), 1 << 20);
        Metadata fields = new Metadata();
        fields.put(Metadata.Key.of("long", Metadata.ASCII_STRING_MARSHALLER), "v".repeat(40_000));
        for (int i = 0; i < 100; i++) {
            fields.put(Metadata.Key.of("field-" + i, Metadata.ASCII_STRING_MARSHALLER), "value " + i);
        }
        for (int i = 0; i < 3; i++) {
            byte[] answer = ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(channel,
                            MetadataUtils.newAttachHeadersInterceptor(fields)),
                    GrpcJava.method(MethodType.UNARY, "Echo"), CallOptions.DEFAULT, new byte[]{ 42 });
            assertThat(answer).containsExactly(42);
        }
    }

    @Test
    void compressedMessagesAreRefused() throws Exception {
        ManagedChannel channel = channel(Map.of("Echo", Connected::echo), GrpcLimits.defaults(), 1 << 20);
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, GrpcJava.method(MethodType.UNARY, "Echo"),
                CallOptions.DEFAULT.withCompression("gzip"), new byte[10_000]))
                .hasMessage("UNIMPLEMENTED: a message of /test.Test/Echo is compressed, which is not supported");
    }

    private ManagedChannel channel(Map<String, CallHandler> methods, GrpcLimits limits, int window) throws IOException {
        ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        opened.add(port);
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port.getLocalPort())
                .usePlaintext()
                .flowControlWindow(window)
                .maxInboundMessageSize(8 << 20)
                .build();
        opened.add(channel::shutdownNow);
        Thread.ofVirtual().start(() -> serve(port, methods, limits));
        return channel;
    }

    private void serve(ServerSocket port, Map<String, CallHandler> methods, GrpcLimits limits) {
        try {
            Socket socket = port.accept();
            opened.add(socket);
            opened.add(GrpcServer.start(socket.getInputStream(), socket.getOutputStream(),
                    path -> methods.get(path.substring("/test.Test/".length())), limits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
