package dev.kloset.sdk.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorRecord;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Records;
import dev.kloset.sdk.author.Slow;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.ImportPump;
import dev.kloset.sdk.internal.service.ListTurns;
import dev.kloset.sdk.internal.service.PendingRecords;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that stand still, and a clock that the test moves. */
@Timeout(60)
class SlowCallsTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);

    private interface Host {
        void use(GrpcServer server, ClientCall call) throws Exception;
    }

    private void session(String path, CallHandler handler, Host host) throws Exception {
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), _ -> handler,
                GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
                GrpcLimits.defaults())) {
            ClientCall call = client.call(path);
            if (!path.endsWith("/Import")) {
                call.sendLast(Empty.encode());
            }
            host.use(server, call);
            answer.countDown();
        }
        server.awaitEnd();
    }

    private Thread inBackground(ListTurns.Making work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (Exception e) {
                lines.add("a failure: " + e);
            }
        });
    }

    private static void awaitCallIn(GrpcServer server, String method) {
        while (server.calls().stream().noneMatch(call -> isIn(call, method))) {
            Thread.onSpinWait();
        }
    }

    private static boolean isIn(ServerCall call, String method) {
        Thread thread = call.handler();
        if (thread == null) {
            return false;
        }
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Look at each of these moments of one standstill: what the connection sends of its own accord, such as the
     * acknowledgement of settings, may still be on its way, and then the looks are made again.
     */
    private void look(GrpcServer server, int... seconds) {
        while (true) {
            List<String> reported = new ArrayList<>();
            SlowCalls slow = new SlowCalls(server, Duration.ofSeconds(30), reported::add);
            long moved = server.bytesMoved();
            slow.look(0); // learns how much has moved
            for (int second : seconds) {
                slow.look(second * SECOND);
            }
            if (server.bytesMoved() == moved) {
                lines.addAll(reported);
                return;
            }
        }
    }

    private ClientCall pingUntilAnswered(GrpcServer server, ClientCall call, int... seconds) {
        awaitCallIn(server, "listTheBucket");
        look(server, seconds);
        return call;
    }

    @Test
    void aConstructorThatHangsIsNamedWithTheLineOfItsCode() throws Exception {
        session("/importer.Importer/Init", _ -> Slow.listTheBucket(answer),
                (server, call) -> pingUntilAnswered(server, call, 1, 30, 31));
        assertThat(lines).singleElement()
                .asString()
                .matches("kloset: the host waits for the connector, which has been busy "
                        + "with Init \\(its constructor\\) for 30 s, at dev\\.kloset\\.sdk\\.author\\.Slow\\.listTheBucket\\(Slow\\.java:\\d+\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/importer.Importer/Open", "/store.Store/Get" })
    void theContentThatIsNotReadIsNamed(String path) throws Exception {
        session(path, call -> {
            call.describe(() -> "reading the content of /dead\nmount");
            Slow.listTheBucket(answer);
        }, (server, call) -> pingUntilAnswered(server, call, 1, 31));
        assertThat(lines).singleElement()
                .asString()
                .contains("busy with " + path.substring(path.lastIndexOf('/') + 1)
                        + " (reading the content of /dead mount) for 31 s, at ");
    }

    @Test
    void theLinesBecomeSparse() throws Exception {
        session("/importer.Importer/Ping", _ -> Slow.listTheBucket(answer), (server, call) -> pingUntilAnswered(server,
                call, 1, 29, 30, 60, 120, 299, 300, 301, 1000, 2999, 3000, 20_000));
        assertThat(lines).hasSize(3).allMatch(line -> line.contains("busy with Ping for "));
        assertThat(lines.get(0)).contains("for 30 s");
        assertThat(lines.get(1)).contains("for 5 min");
        assertThat(lines.get(2)).contains("for 50 min");
    }

    @Test
    void anImportThatSendsNothingIsNamed() throws Exception {
        session("/importer.Importer/Import",
                call -> new ImportPump(call, new PendingRecords(), new Observers(new HostContext())).run(new Records() {
                    @Override
                    public void importRecords(RecordSink records) throws InterruptedException {
                        Slow.listTheBucket(answer);
                    }
                }), (server, call) -> pingUntilAnswered(server, call, 1, 31));
        assertThat(lines).singleElement().asString().contains("busy with Import, sending nothing, for 31 s, at ");
    }

    @Test
    void anImportWhoseRecordsTheHostHasNotAcknowledgedIsNotNamed() throws Exception {
        session("/importer.Importer/Import",
                call -> new ImportPump(call, new PendingRecords(), new Observers(new HostContext())).run(new Records() {
                    @Override
                    public void importRecords(RecordSink records) throws java.io.IOException, InterruptedException {
                        records.emit(new ErrorRecord("/a", "x"));
                        Slow.listTheBucket(answer);
                    }
                }), (server, call) -> pingUntilAnswered(server, call, 1, 31, 400));
        assertThat(lines).isEmpty();
    }

    @Test
    void aHostThatSaysNothingIsNotTheConnectorsFault() throws Exception {
        session("/importer.Importer/Import", call -> {
            while (call.receive() != null) {
                // the host sends nothing
            }
        }, (server, call) -> {
            awaitCallIn(server, "receive");
            look(server, 1, 31, 400);
        });
        assertThat(lines).isEmpty();
    }

    @Test
    void callsThatMayTakeTheirTimeAreNotReported() throws Exception {
        session("/store.Store/Put", _ -> Slow.listTheBucket(answer),
                (server, call) -> pingUntilAnswered(server, call, 1, 31, 400));
        assertThat(lines).isEmpty();
    }

    @Test
    void aMessageThatWaitsForMemoryIsNamed() throws Exception {
        int bytes = 1_000_000;
        CallHandler handler = call -> {
            call.receive();
            Slow.listTheBucket(answer);
        };
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), _ -> handler,
                GrpcLimits.builder()
                        // What a client assumes until it knows ours: otherwise an early call needs memory for the difference.
                        .initialStreamWindow(64 * 1024)
                        .maxWindowMemory(100_000)
                        .maxMessageMemory(bytes + 1000)
                        .build());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
                GrpcLimits.defaults())) {
            client.call("/store.Store/Put").sendLast(ByteBuffer.allocate(bytes));
            for (int i = 0; i < 3; i++) {
                inBackground(() -> client.call("/store.Store/Put").sendLast(ByteBuffer.allocate(bytes)));
            }
            while (server.calls().stream().filter(ServerCall::waitsForMemory).count() < 3) {
                Thread.onSpinWait();
            }
            look(server, 1, 29, 31);
            answer.countDown();
        }
        server.awaitEnd();
        assertThat(lines).singleElement()
                .asString()
                .isEqualTo(
                        "kloset: /store.Store/Put has made no progress for 31 s: it waits for memory: the heap has no room for a "
                                + "message of the host until the connector is done with those of other calls (2 other calls as well); give "
                                + "the plugin more with KLOSET_JAVA_OPTS=-Xmx512m in the environment");
    }

    @Test
    void aListThatWaitsForItsTurnIsNamed() throws Exception {
        ListTurns turns = new ListTurns(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread other = inBackground(() -> turns.run(() -> {
            taken.countDown();
            answer.await();
        }));
        taken.await();
        session("/store.Store/List", _ -> turns.run(() -> {}), (server, call) -> {
            awaitCallIn(server, "acquire");
            look(server, 1, 31);
        });
        other.join();
        assertThat(lines).singleElement()
                .asString()
                .contains("/store.Store/List has made no progress for 31 s: it waits for other lists to end");
    }
}
