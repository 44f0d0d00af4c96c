package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.sdk.Records;
import dev.kloset.sdk.internal.failure.StatusMapper;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the threads of an importer do around {@code emit}: a record arrives, or the import fails. */
class AuthorThreadsTest {

    private static final int IN_FLIGHT = 1024;

    private static final GrpcLimits NARROW = GrpcLimits.builder()
            .initialStreamWindow(2000)
            .maxStreamWindow(2000)
            .build();

    private interface Host {
        void use(ClientCall call) throws Exception;
    }

    private static void session(Records importer, GrpcLimits limits, Host host) throws Exception {
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(),
                path -> new StatusMapper(new HostContext())
                        .guarded(call -> new ImportPump(call, new PendingRecords(), new Observers(new HostContext()))
                                .run(importer)),
                GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(), limits)) {
            host.use(HostEnd.withDeadline(client.call("/importer.Importer/Import")));
        }
        server.awaitEnd();
    }

    private static void session(Records importer, Host host) throws Exception {
        session(importer, GrpcLimits.defaults(), host);
    }

    private static FileRecord file(String path) {
        return FileRecord.file(path, 1, Instant.EPOCH, Content.of("x"));
    }

    private static List<String> acknowledgeAll(ClientCall call) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (ConnectorRecord record = HostEnd.nextRecord(call); record != null; record = HostEnd.nextRecord(call)) {
            paths.add(record.pathname());
            HostEnd.acknowledge(call, record);
        }
        return paths;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    /** {@return how an emit of {@code path} on another thread ends: null for success} */
    private static CompletableFuture<Optional<Throwable>> emitAside(RecordSink records, ConnectorRecord record,
            CompletableFuture<Thread> thread) {
        CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
        thread.complete(Thread.ofVirtual().start(() -> {
            try {
                records.emit(record);
                outcome.complete(Optional.empty());
            } catch (Throwable t) {
                outcome.complete(Optional.of(t));
            }
        }));
        return outcome;
    }

    @Test
    void aRecordThatWaitsForRoomWhenTheListingReturnsIsRefusedAndTheImportFails() throws Exception {
        CompletableFuture<CompletableFuture<Optional<Throwable>>> late = new CompletableFuture<>();
        session(records -> {
            for (int i = 0; i < IN_FLIGHT; i++) {
                records.emit(file("/f" + i));
            }
            CompletableFuture<Thread> worker = new CompletableFuture<>();
            late.complete(emitAside(records, file("/late"), worker));
            awaitWaiting(worker.join());
        }, call -> {
            List<ConnectorRecord> inFlight = new ArrayList<>();
            while (inFlight.size() < IN_FLIGHT) {
                inFlight.add(Objects.requireNonNull(HostEnd.nextRecord(call)));
            }
            // Before there is any room.
            assertThat(late.get().get(120, TimeUnit.SECONDS)).get(THROWABLE)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("importRecords has returned: /late comes too late");
            for (ConnectorRecord record : inFlight) {
                HostEnd.acknowledge(call, record);
            }
            assertThatThrownBy(call::receive).isInstanceOf(StatusException.class)
                    .hasMessageStartingWith("/late could not be emitted, so it is missing from the backup: ");
        });
    }

    @Test
    void aRecordThatIsBeingSentWhenTheListingReturnsGoesOutBeforeFinished() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CompletableFuture<CompletableFuture<Optional<Throwable>>> last = new CompletableFuture<>();
        session(records -> {
            CompletableFuture<Thread> worker = new CompletableFuture<>();
            last.complete(emitAside(records, new ErrorRecord("/last", "x".repeat(4000)), worker));
            for (int still = 0; still < 10_000; still++) {
                if (worker.join().getState() != Thread.State.WAITING) {
                    still = 0;
                }
                Thread.onSpinWait();
            }
            stuck.countDown();
        }, NARROW, call -> {
            stuck.await(); // the window is used up
            assertThat(acknowledgeAll(call)).containsExactly("/last");
            call.halfClose();
            assertThat(call.receive()).isNull();
            assertThat(last.get().get()).isEmpty();
        });
    }

    /** The host ignores reasons by now; a call that ends too early fails the backup. */
    @Test
    void aRecordThatComesAfterFinishedFailsTheImport() throws Exception {
        CompletableFuture<RecordSink> leaked = new CompletableFuture<>();
        session(records -> {
            records.emit(file("/a"));
            leaked.complete(records);
        }, call -> {
            assertThat(HostEnd.nextRecord(call)).isNotNull();
            assertThat(HostEnd.nextRecord(call)).isNull();
            assertThatThrownBy(() -> leaked.get().emit(file("/late"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(call::receive).isInstanceOf(StatusException.class).hasMessageStartingWith("/late ");
        });
    }

    @Test
    void anEmitThatFailsFailsTheImportAlsoIfTheConnectorSwallowsIt() throws Exception {
        session(records -> {
            records.emit(file("/a"));
            Thread worker = Thread.ofVirtual().unstarted(() -> {
                Thread.currentThread().interrupt();
                try {
                    records.emit(file("/b"));
                } catch (IOException | InterruptedException e) {
                    // Intended by the test.
                }
            });
            worker.start();
            worker.join();
        }, call -> {
            assertThatThrownBy(() -> acknowledgeAll(call)).isInstanceOf(StatusException.class)
                    .hasMessageStartingWith("/b could not be emitted, so it is missing from the backup: ");
        });
    }

    @Test
    void theConnectorsOwnSentenceForAFailureCountsMore() throws Exception {
        session(records -> {
            Thread.currentThread().interrupt();
            try {
                records.emit(file("/a"));
            } catch (InterruptedException e) {
                throw new IOException("the bucket is gone", e);
            }
        }, call -> assertThatThrownBy(call::receive).isInstanceOf(StatusException.class)
                .hasMessageStartingWith("the bucket is gone"));
    }

    /** With the maximum of records in flight it waited for ever: for the acknowledgements that its own thread takes. */
    @Test
    void emittingInAResultListenerThrowsAtOnceAndSaysWhy() throws Exception {
        CompletableFuture<Optional<Throwable>> outcome = new CompletableFuture<>();
        session(records -> {
            records.emit(file("/a"), result -> {
                try {
                    records.emit(file("/b"));
                    outcome.complete(Optional.empty());
                } catch (Throwable t) {
                    outcome.complete(Optional.of(t));
                }
            });
            try {
                outcome.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }, call -> {
            assertThatThrownBy(() -> acknowledgeAll(call)).isInstanceOf(StatusException.class)
                    .hasMessageStartingWith("/b could not be emitted");
            assertThat(outcome.get()).get(THROWABLE)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("emit was called by a result listener")
                    .hasMessageEndingWith("hand /b to another thread");
        });
    }

    @Test
    void anErrorInAResultListenerAffectsNothingElse() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        session(records -> {
            records.emit(file("/a"), result -> {
                throw new AssertionError("not as expected");
            });
            records.emit(file("/b"), result -> told.countDown());
        }, call -> {
            assertThat(acknowledgeAll(call)).containsExactly("/a", "/b");
            told.await();
            call.halfClose();
            assertThat(call.receive()).isNull();
        });
    }

    @Test
    void aFlagThatTheListingLeavesBehindIsNoCancellation() throws Exception {
        session(records -> {
            records.emit(file("/a"));
            Thread.currentThread().interrupt();
        }, call -> {
            assertThat(acknowledgeAll(call)).containsExactly("/a");
            call.halfClose();
            assertThat(call.receive()).isNull();
        });
        session(records -> {
            records.emit(file("/a"));
            Thread.currentThread().interrupt();
            throw new IOException("the tape tore");
        }, call -> assertThatThrownBy(() -> acknowledgeAll(call)).hasMessage("the tape tore"));
    }

    /** Hosts file such a record under the name in its metadata, or lose it. */
    @Test
    void aRecordWhoseNameIsNotThatOfItsPathFailsAlone() throws Exception {
        FileRecord wrong = FileRecord.received("/a", FileInfo.file("x/y", 1, Instant.EPOCH), "", List.of(), 0,
                Content.of("x"));
        session(records -> {
            records.emit(wrong);
            records.emit(file("/b"));
        }, call -> {
            ConnectorRecord first = Objects.requireNonNull(HostEnd.nextRecord(call));
            assertThat(first).isEqualTo(new ErrorRecord("/a", "cannot be sent to the host: the record /a must have the "
                    + "name \"a\" in its FileInfo, not \"x/y\""));
            assertThat(Objects.requireNonNull(HostEnd.nextRecord(call)).pathname()).isEqualTo("/b");
        });
    }

    @Test
    void manyThreadsThatEmitWhileTheListingReturnsLoseNothing() throws Exception {
        for (int round = 0; round < 50; round++) {
            List<CompletableFuture<Optional<Throwable>>> outcomes = new ArrayList<>();
            int wait = round;
            session(records -> {
                for (int i = 0; i < 8; i++) {
                    outcomes.add(emitAside(records, file("/f" + i), new CompletableFuture<>()));
                }
                for (int i = 0; i < wait * 80; i++) {
                    Thread.onSpinWait();
                }
            }, call -> {
                List<String> paths = new ArrayList<>();
                boolean complete = true;
                try {
                    for (ByteBuffer m = call.receive(); m != null; m = call.receive()) {
                        ImportResponse response = ImportResponse.decode(m);
                        if (response.finished()) {
                            call.halfClose();
                        } else {
                            ConnectorRecord record = Objects.requireNonNull(response.record()).record();
                            paths.add(record.pathname());
                            HostEnd.acknowledge(call, record);
                        }
                    }
                } catch (IOException e) {
                    complete = false; // the call may end before an acknowledgement
                }
                long refused = 0;
                for (CompletableFuture<Optional<Throwable>> outcome : outcomes) {
                    refused += outcome.get().isEmpty() ? 0 : 1;
                }
                if (complete) {
                    // Records that came after the host had finished could no longer fail the import: their emit has reported
                    // that.
                    assertThat(paths).hasSize(outcomes.size() - (int) refused);
                }
            });
        }
    }

    /** A listing that Close cancelled may be incomplete, whatever the connector does then. */
    @Test
    void aListingThatSwallowsItsCancellationIsNotFinished() throws Exception {
        CompletableFuture<ImportPump> pump = new CompletableFuture<>();
        CountDownLatch listing = new CountDownLatch(1);
        Records importer = records -> {
            listing.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // Intended by the test.
            }
        };
        PipePair pipes = PipePair.usual();
        GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(),
                path -> new StatusMapper(new HostContext()).guarded(call -> {
                    pump.complete(new ImportPump(call, new PendingRecords(), new Observers(new HostContext())));
                    pump.join().run(importer);
                }), GrpcLimits.defaults());
        try (GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
                GrpcLimits.defaults())) {
            ClientCall call = HostEnd.withDeadline(client.call("/importer.Importer/Import"));
            listing.await();
            pump.get().cancel();
            assertThatThrownBy(call::receive).isInstanceOf(StatusException.class);
        }
        server.awaitEnd();
    }
}
