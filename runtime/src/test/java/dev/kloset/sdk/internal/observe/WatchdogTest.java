package dev.kloset.sdk.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorRecord;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Records;
import dev.kloset.sdk.author.Slow;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.sdk.internal.service.ImportPump;
import dev.kloset.sdk.internal.service.PendingRecords;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();

    private interface Host {
        void use(GrpcServer server, ClientCall call) throws IOException, InterruptedException;
    }

    private static void session(Records importer, GrpcLimits limits, Host host) throws Exception {
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(),
                path -> call -> new ImportPump(call, new PendingRecords(), new Observers(new HostContext()))
                        .run(importer),
                GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), limits)) {
            host.use(server, client.call("/importer.Importer/Import"));
        }
        server.awaitEnd();
    }

    /**
     * Look until everything stands still as expected, which the watchdog reports a minute later each time. A look in between sees
     * half of a step.
     */
    private void lookAt(GrpcServer server, String expected) {
        while (lines.stream().noneMatch(line -> line.contains(expected))) {
            lines.clear();
            Watchdog watchdog = new Watchdog(server, Duration.ofSeconds(60), lines::add, 0);
            watchdog.look(0);
            watchdog.look(59 * SECOND);
            watchdog.look(60 * SECOND);
            watchdog.look(61 * SECOND);
            Thread.onSpinWait();
        }
    }

    @Test
    void aConnectorThatHangsIsShownWithItsOwnFrames() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        session(records -> Slow.listTheBucket(answer), GrpcLimits.defaults(), (server, call) -> {
            lookAt(server, "0 records are not acknowledged by the host: it is in the code of the connector, at ");
            answer.countDown();
        });
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith(
                "kloset: nothing has moved between the host and this plugin for 60 s; nothing waits to be written.");
        assertThat(lines.getLast()).containsPattern("/importer\\.Importer/Import, for \\d+ s, 0 records")
                .contains("Slow.listTheBucket(Slow.java:");
    }

    @Test
    void aHostThatDoesNotAcknowledgeIsNamed() throws Exception {
        session(records -> records.emit(new ErrorRecord("/a", "x")), GrpcLimits.defaults(), (server, call) -> {
            for (ByteBuffer message = call.receive(); message != null
                    && !ImportResponse.decode(message).finished(); message = call.receive()) {
                // take everything, answer nothing
            }
            lookAt(server, "1 records are not acknowledged by the host: it waits for acknowledgements of the host");
        });
        assertThat(lines.getLast()).contains("/importer.Importer/Import");
    }

    /** The host has acknowledged; it was blamed all the same. */
    @Test
    void aResultListenerThatDoesNotReturnIsNamed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        session(records -> records.emit(new ErrorRecord("/a", "x"), result -> {
            try {
                Slow.listTheBucket(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }), GrpcLimits.defaults(), (server, call) -> {
            HostEnd.acknowledge(call, Objects.requireNonNull(HostEnd.nextRecord(call)));
            // Until then a look may come between the acknowledgement and the listener.
            lookAt(server, "1 records are not acknowledged: it waits for a result listener of the connector, which has "
                    + "not returned, at ");
            answer.countDown();
        });
        assertThat(lines.getLast()).contains("Slow.listTheBucket").doesNotContain("host:", "of the host");
    }

    /** With the handler in the connector's code, only the number of records shows that the other threads wait for the host. */
    @Test
    void threadsThatWaitInEmitAreCounted() throws Exception {
        session(records -> {
            Thread.ofVirtual().start(() -> {
                try {
                    flood(records);
                } catch (IOException | InterruptedException e) {
                    // The host is gone.
                }
            });
            Slow.listTheBucket(new CountDownLatch(1));
        }, GrpcLimits.builder().initialStreamWindow(5000).build(),
                (server, call) -> lookAt(server, "by the host, 1 thread emits: it is in the code of the connector"));
        assertThat(lines.getLast()).contains(" records are not acknowledged by the host, 1 thread emits");
    }

    @Test
    void aHostThatDoesNotReadIsNamed() throws Exception {
        session(WatchdogTest::flood, GrpcLimits.builder().initialStreamWindow(5000).build(),
                (server, call) -> lookAt(server, "its flow-control window is used up"));
        assertThat(lines.getLast()).contains("it waits for the host to take what was sent in this call");
    }

    private static void flood(RecordSink records) throws IOException, InterruptedException {
        for (int i = 0;; i++) {
            records.emit(new ErrorRecord("/" + i, "x".repeat(1000)));
        }
    }

    @Test
    void withoutCallsThereIsNothingToSay() {
        PipePair pipes = PipePair.usual();
        try (GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), path -> null,
                GrpcLimits.defaults())) {
            Watchdog watchdog = new Watchdog(server, Duration.ofSeconds(60), lines::add, 0);
            watchdog.look(0);
            watchdog.look(1000 * SECOND);
            watchdog.look(2000 * SECOND);
        }
        assertThat(lines).isEmpty();
    }

    /** More than a number of nanoseconds can express. */
    @Test
    void theWatchdogWaitsForTheLongestTime() throws Exception {
        PipePair pipes = PipePair.usual();
        try (GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), path -> null,
                GrpcLimits.defaults())) {
            Watchdog watchdog = new Watchdog(server, Watchdog.quiet("999999999h", lines::add), lines::add, 0);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread thread = Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, error) -> failure.set(error))
                    .start(watchdog::run);
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            thread.interrupt();
            thread.join();
            assertThat(failure).hasNullValue();
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void theSettingIsATimeOrOff() {
        assertThat(Watchdog.quiet("", lines::add)).hasMinutes(10);
        assertThat(Watchdog.quiet("90s", lines::add)).hasSeconds(90);
        assertThat(Watchdog.quiet("2h", lines::add)).hasHours(2);
        assertThat(Watchdog.quiet("off", lines::add)).isZero();
        assertThat(lines).isEmpty();
        assertThat(Watchdog.quiet("soon", lines::add)).hasMinutes(10);
        assertThat(lines).containsExactly(
                "kloset: KLOSET_WATCHDOG=soon is not understood: write 60s, 5m or off; 10m is used");
    }
}
