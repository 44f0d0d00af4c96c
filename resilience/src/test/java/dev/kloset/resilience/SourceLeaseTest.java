package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLeaseTest {

    @TempDir
    private Path notes;

    /** A source that says what is done with it, and is trouble if asked. */
    private static class Source implements SourceHold {

        final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

        @Override
        public void acquire(String name, Instant until) throws IOException, InterruptedException {
            calls.add("acquire");
        }

        @Override
        public void extend(String name, Instant until) throws IOException {
            calls.add("extend");
        }

        @Override
        public void release(String name) {
            calls.add("release");
        }

        /** {@return whether it was called so, now or soon} */
        boolean awaits(String call) throws InterruptedException {
            String next = calls.poll(120, TimeUnit.SECONDS);
            while (next != null && !next.equals(call)) {
                next = calls.poll(120, TimeUnit.SECONDS);
            }
            return next != null;
        }
    }

    /** A host that has got records, and is asked by the test to do something with them. */
    private static final class Host implements RecordSink {

        final Queue<Content> contents = new ConcurrentLinkedQueue<>();
        final Queue<Runnable> acknowledgements = new ConcurrentLinkedQueue<>();

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
            contents.add(((FileRecord) record).content().orElseThrow());
            acknowledgements.add(() -> onResult.accept(ConnectorResult.ok(record)));
        }
    }

    private SourceLease lease(SourceHold hold, int millis) {
        return SourceLease.of("the test", hold)
                .length(Duration.ofMillis(millis))
                .notedIn(notes)
                .quiet(Duration.ofMillis(100));
    }

    private static void list(RecordSink records) throws IOException, InterruptedException {
        for (String path : List.of("/a", "/b")) {
            records.emit(FileRecord.file(path, 4, Instant.EPOCH, Content.of("text")));
        }
    }

    private boolean isNoted() throws IOException {
        try (Stream<Path> files = Files.list(notes)) {
            return files.findAny().isPresent();
        }
    }

    @Test
    void aHostThatAcknowledgesAfterTheEndOfTheListingKeepsTheSourceHeldUntilItsLastAcknowledgement() throws Exception {
        Source source = new Source();
        Host host = new Host();
        try (SourceLease lease = lease(source, 60_000)) {
            lease.during(host, (_, records) -> list(records));
            assertThat(source.calls).containsExactly("acquire");
            try (InputStream in = host.contents.remove().open()) {
                assertThat(in).hasContent("text");
            }
            host.acknowledgements.remove().run();
            assertThat(source.calls).containsExactly("acquire");
            host.acknowledgements.remove().run();
            assertThat(source.awaits("release")).isTrue();
        }
        assertThat(isNoted()).isFalse();
    }

    @Test
    void closeReleasesWhatTheHostHasNotAcknowledged() throws Exception {
        Source source = new Source();
        Host host = new Host();
        SourceLease lease = lease(source, 60_000);
        lease.during(host, (_, records) -> list(records));
        lease.close();
        assertThat(source.calls).containsExactly("acquire", "release");
        assertThat(isNoted()).isFalse();
        assertThatThrownBy(() -> host.contents.remove().open())
                .hasMessage("the test is not held any more: the import is over");
    }

    @Test
    void contentsThatAreReadAfterTheHoldWasLostFailInTheMiddle() throws Exception {
        Source source = new Source() {
            @Override
            public void extend(String name, Instant until) throws IOException {
                throw new IOException("the snapshot was overwritten");
            }
        };
        Host host = new Host();
        String sentence = "the test is not held any more, so what is read now would not fit to what was read before: "
                + "the snapshot was overwritten";
        CountDownLatch interrupted = new CountDownLatch(1);
        try (SourceLease lease = lease(source, 6000)) {
            assertThatThrownBy(() -> lease.during(host, (_, records) -> {
                list(records);
                try (InputStream in = host.contents.remove().open()) {
                    assertThat(in.read()).isEqualTo('t');
                    // A listing that hangs does not keep the import from failing.
                    assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
                    interrupted.countDown();
                    in.read();
                }
            })).hasMessage(sentence);
        }
        assertThat(interrupted.getCount()).isZero();
        assertThatThrownBy(() -> host.contents.remove().open()).hasMessage(sentence);
        assertThat(source.awaits("release")).isTrue();
        assertThat(isNoted()).isFalse();
    }

    @Test
    void aConnectionThatFailsForAMomentDoesNotEndTheImport() throws Exception {
        Source source = new Source() {
            private boolean failed;

            @Override
            public void extend(String name, Instant until) throws IOException {
                if (!failed) {
                    failed = true;
                    throw new ConnectException("connection refused");
                }
                super.extend(name, until);
            }
        };
        try (SourceLease lease = lease(source, 3000)) {
            lease.during((record, onResult) -> onResult.accept(ConnectorResult.ok(record)), (_, records) -> {
                assertThat(source.awaits("extend")).isTrue();
                list(records);
            });
        }
        assertThat(source.calls).contains("release");
    }

    @Test
    void aSourceThatDoesNotAnswerEndsTheImportInTimeAndIsLookedAfterByTheNextStart() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Source silent = new Source() {
            @Override
            public void acquire(String name, Instant until) {
                boolean interrupted = true;
                while (interrupted) {
                    interrupted = !waits(never);
                }
            }
        };
        assertThatThrownBy(() -> {
            try (SourceLease lease = lease(silent, 1000)) {
                lease.during(new Host(), (_, records) -> list(records));
            }
        }).hasMessage("cannot hold the test as it is: nothing came for 666 ms");
        // It may still be taken, so the note stays.
        assertThat(silent.calls).containsExactly("release");
        assertThat(isNoted()).isTrue();
        never.countDown();
        Source well = new Source();
        try (SourceLease lease = lease(well, 60_000)) {
            lease.during((record, onResult) -> onResult.accept(ConnectorResult.ok(record)),
                    (_, records) -> list(records));
        }
        assertThat(well.calls).containsExactly("release", "acquire", "release");
        assertThat(isNoted()).isFalse();
    }

    private static boolean waits(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void anImportThatIsCancelledBeforeTheSourceIsHeldLeavesNoNote() throws Exception {
        Source source = new Source();
        try (SourceLease lease = lease(source, 60_000)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lease.during(new Host(), (_, records) -> list(records)))
                    .isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(source.calls).isEmpty();
        assertThat(isNoted()).isFalse();
    }

    @Test
    void withoutAPlaceForNotesNothingIsHeld() throws Exception {
        Path file = Files.writeString(notes.resolve("file"), "");
        Source source = new Source();
        try (SourceLease lease = lease(source, 1000).notedIn(file)) {
            assertThatThrownBy(() -> lease.during(new Host(), (_, records) -> list(records)))
                    .hasMessageStartingWith("cannot note in " + file + " that the test is about to be held, so that it "
                            + "is released even if this process is killed: ");
        }
        assertThat(source.calls).isEmpty();
    }
}
