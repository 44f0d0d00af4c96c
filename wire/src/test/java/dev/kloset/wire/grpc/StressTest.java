package dev.kloset.wire.grpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.PipePair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many threads do what the dice say, over pipes and windows that are as bad as the dice say. Nothing may hang, get lost or be
 * mixed up. The name of the test shows the seed that fails: put it first in {@link #seeds} to reproduce the failure.
 */
class StressTest {

    private static final int[] CAPACITIES = { 1, 9, 100, 4096, 65_536 };
    private static final int[] READS = { 1, 3, 1000, 100_000 };
    private static final int[] WINDOWS = { 1, 10, 1000, 65_535, 262_144 };
    private static final int[] WRITES = { 1, 50, 32_768, 65_536 };
    private static final int[] CALLS = { 1, 3, 1000 };

    private final AtomicBoolean over = new AtomicBoolean();

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 24), LongStream.of(System.nanoTime(), System.nanoTime() + 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingHangsOrGetsMixedUp(long seed) throws Exception {
        Random dice = new Random(seed);
        int capacity = pick(dice, CAPACITIES);
        int window = pick(dice, WINDOWS);
        boolean narrow = capacity < 1000 || window < 1000;
        PipePair pipes = PipePair.of(capacity, pick(dice, READS));
        GrpcLimits limits = GrpcLimits.builder()
                .initialStreamWindow(window)
                .maxStreamWindow(window * 8)
                .maxWriteBytes(pick(dice, WRITES))
                .maxConcurrentStreams(pick(dice, CALLS))
                .build();
        int threads = 2 + dice.nextInt(narrow ? 10 : 60);
        int maxMessage = narrow ? 600 : 100_000;
        try (Connected both = Connected.with(pipes, StressTest::serve, limits);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            both.client.awaitReady(Duration.ofMinutes(2)); // before that the client does not know how many calls it may make
            Future<?> weather = callers.submit(() -> makeWeather(pipes, new Random(seed)));
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Random own = new Random(seed * 1000 + i);
                done.add(callers.submit(() -> {
                    for (int round = 0; round < 5; round++) {
                        callSomething(both, callers, own, maxMessage);
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> each : done) {
                    each.get();
                }
            } finally {
                over.set(true);
                weather.get();
            }
            assertThat(both.call("Echo").unary(Connected.bytes("still here"))).isEqualTo(Connected.bytes("still here"));
            while (both.server.callsInFlight() > 0) {
                Thread.onSpinWait(); // cancelled handlers are about to end; the test has a time limit
            }
            both.client.close();
            both.server.awaitEnd();
            assertThat(both.server.failure()).isNull();
        }
    }

    // ---- the client's side

    private static void callSomething(Connected both, ExecutorService callers, Random dice, int maxMessage)
            throws Exception {
        switch (dice.nextInt(8)) {
            case 0, 1 -> echo(both, callers, dice, maxMessage);
            case 2 -> unary(both, dice, maxMessage);
            case 3 -> failing(both, dice, maxMessage);
            case 4 -> flooded(both, dice, maxMessage);
            case 5 -> cancelled(both, callers, dice, maxMessage);
            case 6 -> late(both, dice, maxMessage);
            default -> interrupted(both, dice, maxMessage);
        }
    }

    private static void echo(Connected both, ExecutorService callers, Random dice, int maxMessage) throws Exception {
        int count = dice.nextInt(12);
        long seed = dice.nextLong();
        try (ClientCall call = both.call("Echo")) {
            Future<?> sender = callers.submit(() -> {
                Random sizes = new Random(seed);
                for (int i = 0; i < count; i++) {
                    ByteBuffer message = message(sizes, maxMessage);
                    int cut = message.remaining() / 3;
                    call.send(message.slice(0, cut), message.slice(cut, message.remaining() - cut));
                }
                call.halfClose();
                return null;
            });
            Random sizes = new Random(seed);
            for (int i = 0; i < count; i++) {
                assertThat(call.receive()).isEqualTo(message(sizes, maxMessage));
            }
            assertThat(call.receive()).isNull();
            sender.get();
        }
    }

    private static void unary(Connected both, Random dice, int maxMessage) throws Exception {
        ByteBuffer message = message(dice, maxMessage);
        try (ClientCall call = both.call("Echo")) {
            assertThat(call.unary(message)).isEqualTo(message);
        }
    }

    private static void failing(Connected both, Random dice, int maxMessage) throws Exception {
        try (ClientCall call = both.call("Fail")) {
            try {
                for (int i = 1 + dice.nextInt(10); i > 0; i--) {
                    call.send(message(dice, maxMessage));
                }
            } catch (CallCancelledException e) {
                assertThat(e).hasMessageContaining("takes no more messages");
            }
            GrpcCallTest.assertStatus(call, StatusCode.ABORTED, "as agreed");
        }
    }

    private static void flooded(Connected both, Random dice, int maxMessage) throws Exception {
        try (ClientCall call = both.call("Flood")) {
            long seed = dice.nextLong();
            call.send(ByteBuffer.allocate(12).putLong(seed).putInt(maxMessage).flip());
            Random sizes = new Random(seed);
            for (int i = dice.nextInt(10); i > 0; i--) {
                assertThat(call.receive()).isEqualTo(message(sizes, maxMessage));
            }
        } // the rest is cancelled
    }

    private static void cancelled(Connected both, ExecutorService callers, Random dice, int maxMessage)
            throws Exception {
        try (ClientCall call = both.call("Ignore")) {
            int patience = dice.nextInt(200_000);
            Future<?> cancel = callers.submit(() -> {
                LockSupport.parkNanos(patience);
                call.cancel();
            });
            try {
                while (true) {
                    call.send(message(dice, maxMessage));
                }
            } catch (CallCancelledException e) {
                assertThat(e).hasMessageContaining("was cancelled");
            }
            cancel.get();
        }
    }

    private static void late(Connected both, Random dice, int maxMessage) throws Exception {
        try (ClientCall call = both.call("Ignore")) {
            call.deadline(Duration.ofNanos(dice.nextInt(300_000)));
            while (true) {
                call.send(message(dice, maxMessage));
            }
        } catch (StatusException e) {
            assertThat(e.status().code()).isEqualTo(StatusCode.DEADLINE_EXCEEDED);
        }
    }

    private static void interrupted(Connected both, Random dice, int maxMessage) throws Exception {
        long seed = dice.nextLong();
        Thread caller = Thread.ofVirtual().start(() -> {
            Random own = new Random(seed);
            try (ClientCall call = both.call("Echo")) {
                while (true) {
                    call.send(message(own, maxMessage));
                    requireNonNull(call.receive());
                }
            } catch (InterruptedException | IOException e) {
                assertThat(e).isInstanceOf(InterruptedException.class);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        LockSupport.parkNanos(dice.nextInt(200_000));
        caller.interrupt();
        caller.join();
    }

    // ---- the server's side

    private static void serve(ServerCall call) throws Exception {
        switch (call.path()) {
            case "/test.Test/Echo" -> Connected.echo(call);
            case "/test.Test/Fail" -> {
                call.receive();
                throw new StatusException(StatusCode.ABORTED, "as agreed");
            }
            case "/test.Test/Ignore" -> new CountDownLatch(1).await(); // until it is cancelled
            default -> flood(call);
        }
    }

    private static void flood(ServerCall call) throws Exception {
        ByteBuffer request = requireNonNull(call.receive());
        Random sizes = new Random(request.getLong());
        int maxMessage = request.getInt();
        while (true) {
            call.send(message(sizes, maxMessage));
        }
    }

    private static ByteBuffer message(Random dice, int maxMessage) {
        int size = dice.nextInt(4) == 0 ? dice.nextInt(maxMessage) : dice.nextInt(30);
        byte[] content = new byte[size];
        dice.nextBytes(content);
        return ByteBuffer.wrap(content);
    }

    // ---- everything else

    /** The pipes stop and go. */
    private void makeWeather(PipePair pipes, Random dice) {
        while (!over.get()) {
            var pipe = dice.nextBoolean() ? pipes.toClient() : pipes.toServer();
            pipe.hold();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(dice.nextInt(300)));
            pipe.release();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(dice.nextInt(2000)));
        }
    }

    private static int pick(Random dice, int[] values) {
        return values[dice.nextInt(values.length)];
    }
}
