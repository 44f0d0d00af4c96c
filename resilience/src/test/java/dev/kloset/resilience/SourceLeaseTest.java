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

    /** A source that records its calls, and makes trouble on request. */
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

        /** {@return whether this call has happened, or happens soon} */
        boolean awaits(String call) throws InterruptedException {
            String next = calls.poll(120, TimeUnit.SECONDS);
            while (next != null && !next.equals(call)) {
                next = calls.poll(120, TimeUnit.SECONDS);
            }
            return next != null;
        }
    }

    /** A host that holds on to its records until the test decides what to do with them. */
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
                .hasMessage("the test is no longer held: the import is over");
    }

    @Test
    void contentsInProgressFailWhenTheHoldIsLost() throws Exception {
        Source source = new Source() {
            @Override
            public void extend(String name, Instant until) throws IOException {
                throw new IOException("the snapshot was overwritten");
            }
        };
        Host host = new Host();
        String sentence = "the test is no longer held, so what is read now may not match what was read before: "
                + "the snapshot was overwritten";
        CountDownLatch interrupted = new CountDownLatch(1);
        try (SourceLease lease = lease(source, 6000)) {
            assertThatThrownBy(() -> lease.during(host, (_, records) -> {
                list(records);
                try (InputStream in = host.contents.remove().open()) {
                    assertThat(in.read()).isEqualTo('t');
                    // A hanging listing does not keep the import from failing.
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
    void aBriefConnectionFailureDoesNotEndTheImport() throws Exception {
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
    void aSilentSourceEndsTheImportInTimeAndTheNextStartReleasesIt() throws Exception {
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
        // The hold may still be taken, so the note stays.
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
    void anImportCancelledBeforeItHoldsTheSourceLeavesNoNote() throws Exception {
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
    void aSweepThatFailsIsAWarningAndTheBackupGoesOn() throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        Source source = new Source() {
            @Override
            public void sweep(Instant limit) throws IOException {
                assertThat(limit).isBetween(before, Instant.now().minusSeconds(60));
                calls.add("sweep");
                throw new IOException("you may not list the snapshots");
            }
        };
        try (SourceLease lease = lease(source, 60_000)) {
            lease.during((record, onResult) -> onResult.accept(ConnectorResult.ok(record)),
                    (_, records) -> list(records));
        }
        assertThat(source.calls).containsExactly("sweep", "acquire", "release");
    }

    @Test
    void aHoldOfOthersIsOnlyLookedAt() throws Exception {
        Source source = new Source() {
            @Override
            public void check(String name) {
                calls.add("check " + name);
            }
        };
        try (SourceLease lease = lease(source, 60_000).existing("daily-1")) {
            lease.during((record, onResult) -> onResult.accept(ConnectorResult.ok(record)), (name, records) -> {
                assertThat(name).isEqualTo("daily-1");
                list(records);
            });
        }
        assertThat(source.calls).containsExactly("check daily-1");
        assertThat(notes).isEmptyDirectory();
    }

    @Test
    void aSourceThatCannotLookForAHoldOfOthersRefusesIt() {
        try (SourceLease lease = lease(new Source(), 60_000).existing("daily-1")) {
            assertThatThrownBy(() -> lease.during(new Host(), (_, records) -> list(records)))
                    .hasMessageEndingWith(" has no check(), so it cannot use daily-1, which others made");
        }
    }

    @Test
    void onlyNamesOfTheSdkAreItsOwn() {
        assertThat(SourceHold.isName("kloset_0123456789abcdefghij")).isTrue();
        assertThat(List.of("", "daily", "kloset_", "kloset_0123456789abcdefghi", "kloset_0123456789abcdefghijk",
                "kloset_0123456789ABCDEFGHIJ", "kloset-0123456789abcdefghij", "xkloset_0123456789abcdefghij"))
                .noneMatch(SourceHold::isName);
    }

    @Test
    void withoutADirectoryForNotesTheSourceIsNotHeld() throws Exception {
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
