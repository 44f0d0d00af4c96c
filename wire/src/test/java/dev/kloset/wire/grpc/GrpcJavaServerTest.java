package dev.kloset.wire.grpc;

import static dev.kloset.wire.grpc.GrpcCallTest.receive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our client calls a server of grpc-java. */
class GrpcJavaServerTest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void answersUnaryCalls() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        client.awaitReady(Duration.ofMinutes(2));
        try (ClientCall call = client.call("/test.Test/Unary")) {
            assertThat(call.unary(Connected.bytes("hello"))).isEqualTo(Connected.bytes("hello"));
        }
        assertThat(client.failure()).isNull();
    }

    @Test
    void sendsAStream() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        try (ClientCall call = client.call("/test.Test/Count")) {
            call.send(NOTHING);
            call.halfClose();
            for (int i = 0; i < 10_000; i++) {
                assertThat(Connected.text(receive(call))).isEqualTo("number " + i);
            }
            assertThat(call.receive()).isNull();
        }
    }

    @Test
    void exchangesLargeMessagesThroughTinyWindows() throws Exception {
        GrpcLimits tiny = GrpcLimits.builder().initialStreamWindow(1000).maxStreamWindow(3000).build();
        GrpcClient client = client(tiny, 1000);
        // Netty does not reopen a window that its SETTINGS have closed after the data was consumed: send nothing before that.
        client.awaitReady(Duration.ofMinutes(2));
        exchange(client, 1 << 20);
    }

    @Test
    void exchangesMessagesOfFourMebibytes() throws Exception {
        exchange(client(GrpcLimits.defaults(), 1 << 20), 4 << 20);
    }

    private static void exchange(GrpcClient client, int size) throws Exception {
        try (ClientCall call = client.call("/test.Test/Echo")) {
            for (int i = 1; i <= 3; i++) {
                byte[] content = new byte[size];
                content[0] = (byte) i;
                content[size - 1] = (byte) (i + 1);
                call.send(ByteBuffer.wrap(content));
                assertThat(call.receive()).isEqualTo(ByteBuffer.wrap(content));
            }
            call.halfClose();
            assertThat(call.receive()).isNull();
        }
    }

    @Test
    void answersAThousandCallsAtOnce() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ByteBuffer>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ByteBuffer request = Connected.bytes("call " + i);
                answers.add(callers.submit(() -> {
                    try (ClientCall call = client.call("/test.Test/Unary")) {
                        return call.unary(request);
                    }
                }));
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(Connected.text(answers.get(i).get())).isEqualTo("call " + i);
            }
        }
    }

    @Test
    void limitsItsConcurrentCallsWhichMakesTheOthersWait() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20, 1);
        client.awaitReady(Duration.ofMinutes(2));
        ClientCall first = client.call("/test.Test/Echo");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ByteBuffer> second = callers.submit(() -> client.call("/test.Test/Unary").unary(NOTHING));
            first.send(NOTHING);
            receive(first);
            assertThat(second.isDone()).isFalse();
            first.halfClose();
            assertThat(first.receive()).isNull();
            assertThat(second.get().remaining()).isZero();
        }
    }

    @Test
    void learnsOfACancellation() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        try (ClientCall call = client.call("/test.Test/Sleep")) {
            call.send(NOTHING);
            call.halfClose();
            receive(call);
            call.cancel();
            cancelled.await();
        }
    }

    @Test
    void learnsOfADeadline() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        try (ClientCall call = client.call("/test.Test/Sleep")) {
            call.send(NOTHING);
            call.halfClose();
            receive(call);
            call.deadline(Duration.ofMillis(100));
            assertThatThrownBy(call::receive).isInstanceOf(StatusException.class)
                    .hasMessage("/test.Test/Sleep did not answer within 100 ms");
            cancelled.await();
        }
    }

    @Test
    void explainsItsFailures() throws Exception {
        GrpcClient client = client(GrpcLimits.defaults(), 1 << 20);
        assertThatThrownBy(() -> client.call("/test.Test/Fail").unary(NOTHING))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.status())
                        .isEqualTo(new Status(StatusCode.DATA_LOSS, "„ü“ 漢字 🙂 50%41\nend")));
        assertThatThrownBy(() -> client.call("/test.Test/Bug").unary(NOTHING)).isInstanceOf(StatusException.class)
                .hasMessage("Application error processing RPC");
        assertThatThrownBy(() -> client.call("/test.Test/Nothing").unary(NOTHING))
                .isInstanceOfSatisfying(StatusException.class,
                        e -> assertThat(e.status().code()).isEqualTo(StatusCode.UNIMPLEMENTED))
                .hasMessage("Method not found: test.Test/Nothing");
    }

    private GrpcClient client(GrpcLimits limits, int window) throws IOException {
        return client(limits, window, Integer.MAX_VALUE);
    }

    private GrpcClient client(GrpcLimits limits, int window, int maxCalls) throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder("test.Test")
                .addMethod(GrpcJava.method(MethodType.UNARY, "Unary"), ServerCalls.asyncUnaryCall(this::unary))
                .addMethod(GrpcJava.method(MethodType.SERVER_STREAMING, "Count"),
                        ServerCalls.asyncServerStreamingCall(this::count))
                .addMethod(GrpcJava.method(MethodType.BIDI_STREAMING, "Echo"),
                        ServerCalls.asyncBidiStreamingCall(
                                out -> GrpcJava.answering(out, UnaryOperator.identity())))
                .addMethod(GrpcJava.method(MethodType.SERVER_STREAMING, "Sleep"),
                        ServerCalls.asyncServerStreamingCall(this::sleep))
                .addMethod(GrpcJava.method(MethodType.UNARY, "Fail"), ServerCalls.asyncUnaryCall(this::fail))
                .addMethod(GrpcJava.method(MethodType.UNARY, "Bug"), ServerCalls.asyncUnaryCall(this::bug))
                .build();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .flowControlWindow(window)
                .maxInboundMessageSize(8 << 20)
                .maxConcurrentCallsPerConnection(maxCalls)
                .addService(service)
                .build()
                .start();
        opened.add(server::shutdownNow);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        opened.add(socket);
        GrpcClient client = GrpcClient.connect(socket.getInputStream(), socket.getOutputStream(), limits);
        opened.add(client);
        return client;
    }

    private void unary(byte[] request, StreamObserver<byte[]> out) {
        out.onNext(request);
        out.onCompleted();
    }

    private void count(byte[] request, StreamObserver<byte[]> out) {
        for (int i = 0; i < 10_000; i++) {
            out.onNext(Connected.bytes("number " + i).array());
        }
        out.onCompleted();
    }

    private void sleep(byte[] request, StreamObserver<byte[]> out) {
        ((ServerCallStreamObserver<byte[]>) out).setOnCancelHandler(cancelled::countDown);
        out.onNext(request);
    }

    private void fail(byte[] request, StreamObserver<byte[]> out) {
        out.onError(io.grpc.Status.DATA_LOSS.withDescription("„ü“ 漢字 🙂 50%41\nend").asException());
    }

    private void bug(byte[] request, StreamObserver<byte[]> out) {
        throw new IllegalStateException("a bug");
    }
}
