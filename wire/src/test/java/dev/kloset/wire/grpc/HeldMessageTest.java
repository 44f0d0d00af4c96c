package dev.kloset.wire.grpc;

import static dev.kloset.wire.grpc.Connected.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A large message that is still being read keeps its share of the memory, whatever came before it in the same call. */
@Timeout(600)
class HeldMessageTest {

    private static final int LARGE = 1 << 20;
    /** The windows are those that a client assumes until it knows ours: otherwise an early call needs memory for the difference. */
    private static final GrpcLimits ONE_AT_A_TIME = GrpcLimits.builder()
            .initialStreamWindow(64 * 1024)
            .maxWindowMemory(0)
            .maxMessageMemory(LARGE + LARGE / 2)
            .maxInboundMessageBytes(LARGE)
            .build();

    private final CountDownLatch seen = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final BlockingQueue<ServerCall> calls = new LinkedBlockingQueue<>();

    private void first(ServerCall call) throws Exception {
        GrpcCallTest.receive(call);
        ByteBuffer large = GrpcCallTest.receive(call);
        seen.countDown();
        done.await();
        call.send(bytes("first " + large.remaining()));
    }

    private void second(ServerCall call) throws Exception {
        calls.add(call);
        GrpcCallTest.receive(call);
        call.send(bytes("second " + GrpcCallTest.receive(call).remaining() + " after " + done.getCount()));
    }

    @Test
    void theNextMessageWaitsUntilItIsFinished() throws Exception {
        try (Connected both = Connected.with(this::answer, ONE_AT_A_TIME, GrpcLimits.defaults())) {
            FutureTask<String> first = sending(both, "First");
            seen.await();
            FutureTask<String> second = sending(both, "Second");
            ServerCall call = calls.take();
            while (!call.waitsForMemory() && !second.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(second.isDone()).isFalse();
            done.countDown();
            assertThat(first.get()).isEqualTo("first " + LARGE);
            assertThat(second.get()).isEqualTo("second " + LARGE + " after 0");
        }
    }

    private void answer(ServerCall call) throws Exception {
        Map<String, CallHandler> handlers = Map.of("/test.Test/First", this::first, "/test.Test/Second", this::second);
        requireNonNull(handlers.get(call.path())).handle(call);
    }

    private static FutureTask<String> sending(Connected both, String method) {
        FutureTask<String> sending = new FutureTask<>(() -> {
            try (ClientCall call = both.call(method)) {
                call.send(bytes("small"));
                call.send(ByteBuffer.allocate(LARGE));
                return Connected.text(GrpcCallTest.receive(call));
            }
        });
        Thread.ofPlatform().daemon().start(sending);
        return sending;
    }
}
