package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ErrorRecord;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Records;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.NoSpan;
import dev.kloset.sdk.internal.observe.Observer;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.WireRecord;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportPumpTest {

    private static final GrpcLimits NARROW = GrpcLimits.builder()
            .initialStreamWindow(2000)
            .maxStreamWindow(2000)
            .build();

    /** Found by the schedules: a parallel importer that failed and stopped its threads held the failure back for 5 s. */
    @Test
    void aFailureDoesNotWaitForARecordThatNeverReachedTheHost() throws Exception {
        PipePair pipes = PipePair.of(1000, Integer.MAX_VALUE);
        CountDownLatch stuck = new CountDownLatch(1);
        Records importer = records -> failWhileOthersEmit(records, stuck);
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(),
                path -> call -> new ImportPump(call, new PendingRecords(), new Observers(new HostContext()),
                        Duration.ofDays(1)).run(importer),
                GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), NARROW)) {
            ClientCall call = client.call("/importer.Importer/Import");
            stuck.await(); // the window is used up
            assertThatThrownBy(() -> acknowledgeAll(call)).hasMessage("the source is broken");
        }
        server.awaitEnd();
    }

    /** Found by the schedules: the import succeeded although a listener had tried to emit, and the record is nowhere. */
    @Test
    void anEmitInTheListenerOfTheLastRecordFailsTheImportEvenAfterTheListing() throws Exception {
        CountDownLatch lastWait = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> listening = new AtomicReference<>();
        Observers observers = new Observers(new HostContext());
        observers.add(atTheLastWait(() -> {
            lastWait.countDown();
            Thread listener = listening.get();
            while (listener == null || listener.isAlive()) {
                Thread.onSpinWait(); // what interrupts this thread finds it running
                listener = listening.get();
            }
        }));
        Records importer = records -> records.emit(new ErrorRecord("/a", "x"), _ -> {
            listening.set(Thread.currentThread());
            emitAfter(lastWait, records);
        });
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(),
                path -> call -> new ImportPump(call, new PendingRecords(), observers).run(importer),
                GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
                GrpcLimits.defaults())) {
            ClientCall call = client.call("/importer.Importer/Import");
            ByteBuffer first = Objects.requireNonNull(call.receive());
            HostEnd.acknowledge(call, Objects.requireNonNull(ImportResponse.decode(first).record()).record());
            call.halfClose();
            assertThatThrownBy(() -> acknowledgeAll(call))
                    .hasMessageStartingWith("/b could not be emitted, so it is missing from the backup");
        }
        server.awaitEnd();
    }

    private static void emitAfter(CountDownLatch latch, RecordSink records) {
        try {
            latch.await();
            records.emit(new ErrorRecord("/b", "x"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An observer that does {@code work} when the listing has ended and the import waits for acknowledgements. */
    private static Observer atTheLastWait(Runnable work) {
        AtomicInteger waits = new AtomicInteger();
        return (Observer) Proxy.newProxyInstance(Observer.class.getClassLoader(), new Class<?>[]{ Observer.class },
                (_, method, arguments) -> {
                    if (!method.getName().equals("waiting")) {
                        return null;
                    }
                    // The first one is for the room of the record.
                    if (arguments[0] == Wait.ACKNOWLEDGEMENT && waits.incrementAndGet() == 2) {
                        work.run();
                    }
                    return NoSpan.INSTANCE;
                });
    }

    /** One thread is stuck inside a message, which is sent to its end; the other waits behind it and has sent nothing. */
    private static void failWhileOthersEmit(RecordSink records, CountDownLatch stuck) throws IOException {
        Thread one = Thread.ofVirtual().start(() -> emit(records, "/one"));
        Thread other = Thread.ofVirtual().start(() -> emit(records, "/other"));
        for (int still = 0; still < 10_000; still++) {
            if (one.getState() != Thread.State.WAITING || other.getState() != Thread.State.WAITING) {
                still = 0;
            }
            Thread.onSpinWait();
        }
        one.interrupt();
        other.interrupt();
        stuck.countDown();
        throw new IOException("the source is broken");
    }

    private static void emit(RecordSink records, String name) {
        try {
            for (int i = 0;; i++) {
                records.emit(new ErrorRecord(name + i, "x".repeat(700)), result -> {});
            }
        } catch (IOException | InterruptedException | IllegalStateException e) {
            // Intended by the test.
        }
    }

    private static void acknowledgeAll(ClientCall call) throws IOException, InterruptedException {
        for (ByteBuffer message = call.receive(); message != null; message = call.receive()) {
            WireRecord record = ImportResponse.decode(message).record();
            if (record != null) {
                HostEnd.acknowledge(call, record.record());
            }
        }
    }
}
