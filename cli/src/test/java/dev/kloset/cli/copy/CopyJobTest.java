package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.XattrRecord;
import dev.kloset.exclude.Excludes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CopyJobTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> failures = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private final AtomicInteger xattrRemarks = new AtomicInteger();
    private final AtomicInteger ownerRemarks = new AtomicInteger();
    private final CopyListener listener = new CopyListener() {

        @Override
        public synchronized void failed(String pathname, String message) {
            failures.add(pathname + ": " + message);
        }

        @Override
        public synchronized void sizeDiffers(String pathname, long announced, long read) {
            differences.add(pathname + ": " + announced + ", " + read);
        }

        @Override
        public void xattrsLeftOut() {
            xattrRemarks.incrementAndGet();
        }

        @Override
        public void ownersLeftOut() {
            ownerRemarks.incrementAndGet();
        }
    };

    private static FileRecord file(String pathname, Content content, long size) {
        String name = pathname.substring(pathname.lastIndexOf('/') + 1);
        return FileRecord.file(pathname, FileInfo.file(name, size, Instant.EPOCH), content);
    }

    private static FileRecord file(String pathname, String text) {
        return file(pathname, Content.of(text), text.length());
    }

    private static FileRecord directory(String pathname) {
        String name = pathname.equals("/") ? "/" : pathname.substring(pathname.lastIndexOf('/') + 1);
        return FileRecord.of(pathname, FileInfo.directory(name, Instant.EPOCH));
    }

    private CopyCounts copy(Importer importer, Exporter exporter, int concurrency, String... excludes)
            throws IOException, InterruptedException {
        CopySettings settings = new CopySettings(concurrency, Excludes.of(List.of(excludes)), false, null, () -> false);
        CopyJob job = new CopyJob(importer, exporter, settings, listener, PATIENCE);
        job.run();
        return job.counts();
    }

    @Test
    void aTreeArrivesBelowTheRootWithItsContents() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/home/me", records -> {
            records.emit(directory("/"));
            records.emit(directory("/home"));
            records.emit(directory("/home/me"));
            records.emit(file("/home/me/a", "one"));
            records.emit(directory("/home/me/d"));
            records.emit(file("/home/me/d/b", ""));
            records.emit(FileRecord.symlink("/home/me/l",
                    FileInfo.builder("l").mode(FileMode.symlink()).build(), "d/b"));
        }), exporter, 4);
        assertThat(exporter.lines()).containsExactly("//", "/a=one", "/d/", "/d/b=", "/l -> d/b");
        assertThat(List.of(counts.files(), counts.directories(), counts.symlinks(), counts.bytes(), counts.errors()))
                .containsExactly(2L, 2L, 1L, 3L, 0L);
    }

    @Test
    void anOrdinaryUserOwnsTheCopiesOfOtherUsersFilesAndLearnsThisOnce() throws Exception {
        List<String> owners = new ArrayList<>();
        Exporter exporter = FakeExporter.of((records, results) -> records.forEach(results, record -> {
            FileInfo info = ((FileRecord) record).info();
            owners.add(record.pathname() + " " + info.uid() + ":" + info.gid() + " " + info.username());
        }));
        Importer importer = new FakeImporter("/", records -> {
            records.emit(directory("/"));
            for (long uid : new long[]{ 0, 1000, 2000 }) {
                FileInfo info = FileInfo.builder("f" + uid).uid(uid).gid(7).username("u" + uid).build();
                records.emit(FileRecord.file("/f" + uid, info, Content.of("")));
            }
        });
        CopySettings settings = new CopySettings(1, Excludes.of(List.of()), false, new Owner(1000, 100), () -> false);
        new CopyJob(importer, exporter, settings, listener, PATIENCE).run();
        assertThat(owners).containsExactly("/ 1000:100 ", "/f0 1000:100 ", "/f1000 1000:7 u1000", "/f2000 1000:100 ");
        assertThat(ownerRemarks).hasValue(1);
    }

    @Test
    void contentsOfAnUnexpectedSizeAreCountedAndTheFirstOnesReported() throws Exception {
        CopyCounts counts = copy(new FakeImporter("/s", records -> {
            records.emit(directory("/s"));
            records.emit(file("/s/cut", Content.of("abc"), 30));
            records.emit(file("/s/grown", Content.of("x".repeat(1_000_000)), 999_999));
            records.emit(file("/s/right", Content.of("abc"), 3));
            records.emit(file("/s/unknown", Content.of("abc"), -1));
            for (int i = 0; i < 20; i++) {
                records.emit(file("/s/empty" + i, Content.of(""), 1));
            }
        }), FakeExporter.collecting(), 2);
        assertThat(counts.sizeDifferences()).isEqualTo(22);
        assertThat(counts.errors()).isZero();
        assertThat(differences).hasSize(10).startsWith("/cut: 30, 3", "/grown: 999999, 1000000");
    }

    @Test
    void theSideThatHoldsUpTheCopyIsKnown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        Importer slow = new FakeImporter("/", records -> {
            records.emit(directory("/"));
            go.await();
        });
        Exporter taking = FakeExporter.of((records, results) -> records.forEach(results, record -> taken.countDown()));
        CopyJob job = new CopyJob(slow, taking,
                new CopySettings(1, Excludes.of(List.of()), false, null, () -> false), listener, PATIENCE);
        Thread copy = Thread.ofVirtual().start(() -> {
            try {
                job.run();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        taken.await();
        assertThat(job.laggard()).isEqualTo("source");
        go.countDown();
        copy.join();
        assertThat(job.counts().directories()).isOne();
    }

    @Test
    void theRootKeepsItsOwnNameInItsMetadata() throws Exception {
        AtomicReference<String> name = new AtomicReference<>("");
        copy(new FakeImporter("/home/me", records -> records.emit(directory("/home/me"))),
                FakeExporter.of((records, results) -> records.forEach(results,
                        record -> name.set(((FileRecord) record).info().name()))),
                1);
        assertThat(name).hasValue("me");
    }

    @Test
    void aSingleFileKeepsItsNameInAMadeUpDirectory() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/home/me/a", records -> {
            records.emit(directory("/home"));
            records.emit(file("/home/me/a", "one"));
        }), exporter, 2);
        assertThat(exporter.lines()).containsExactly("//", "/a=one");
        assertThat(counts.files()).isOne();
    }

    @Test
    void missingDirectoriesAreMadeUpBeforeTheirContents() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/bucket", records -> {
            records.emit(file("/bucket/x/y/1", "1"));
            records.emit(file("/bucket/x/z/2", "2"));
        }), exporter, 3);
        assertThat(exporter.lines()).containsExactly("//", "/x/", "/x/y/", "/x/y/1=1", "/x/z/", "/x/z/2=2");
        assertThat(counts.directories()).isEqualTo(4);
    }

    @Test
    void aDirectoryThatComesAfterItsFilesIsSentAgainAndCountsOnce() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/", records -> {
            records.emit(file("/d/1", "1"));
            records.emit(directory("/d"));
        }), exporter, 1);
        assertThat(exporter.lines()).containsExactly("//", "/d/", "/d/1=1", "/d/");
        assertThat(counts.directories()).isEqualTo(2);
    }

    @Test
    void oneResultIsEnoughForADirectorySentTwice() throws Exception {
        CopyCounts counts = copy(new FakeImporter("/", records -> {
            records.emit(file("/d/1", "1"));
            records.emit(directory("/d"));
        }), FakeExporter.of((records, results) -> {
            Map<String, FileRecord> byPath = new HashMap<>();
            for (var record = records.next(); record != null; record = records.next()) {
                byPath.put(record.pathname(), (FileRecord) record);
            }
            for (FileRecord record : byPath.values()) {
                results.ok(record);
            }
        }), 1);
        assertThat(counts.errors()).isZero();
        assertThat(counts.directories()).isEqualTo(2);
    }

    @Test
    void errorRecordsAreReportedAndCountedButNotSent() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/s", records -> {
            records.emit(directory("/s"));
            records.emit(new ErrorRecord("/s/locked", "permission denied"));
        }), exporter, 1);
        assertThat(failures).containsExactly("/s/locked: permission denied");
        assertThat(counts.errors()).isOne();
        assertThat(exporter.lines()).containsExactly("//");
    }

    @Test
    void aFileThatCannotBeOpenedNeverReachesTheDestination() throws Exception {
        for (int concurrency : List.of(1, 4)) {
            failures.clear();
            FakeExporter exporter = FakeExporter.collecting();
            CopyCounts counts = copy(new FakeImporter("/", records -> {
                records.emit(file("/bad", () -> {
                    throw new IOException("permission denied");
                }, 10));
                records.emit(file("/good", "fine"));
            }), exporter, concurrency);
            assertThat(exporter.lines()).containsExactly("//", "/good=fine");
            assertThat(failures).containsExactly("/bad: permission denied");
            assertThat(counts.errors()).isOne();
        }
    }

    @Test
    void aContentThatBreaksOffFailsItsRecordWhateverTheDestinationSays() throws Exception {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(new byte[100]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });
        CopyCounts counts = copy(new FakeImporter("/", records -> {
            records.emit(file("/big", () -> broken, 1 << 20));
            records.emit(file("/good", "fine"));
        }), FakeExporter.of((records, results) -> {
            for (var record = records.next(); record != null; record = records.next()) {
                try {
                    if (((FileRecord) record).content().isPresent()) {
                        FakeExporter.text(((FileRecord) record).content().orElseThrow().open());
                    }
                } catch (IOException e) {
                    // A careless exporter takes what it got.
                }
                results.ok(record);
            }
        }), 2);
        assertThat(failures).containsExactly("/big: the disk is gone");
        assertThat(counts.files()).isOne();
    }

    @Test
    void aSourceThatIsGoneIsReportedOnceAndNotForEveryFile() {
        CopySettings settings = new CopySettings(4, Excludes.of(List.of()), false, null, () -> true);
        CountDownLatch never = new CountDownLatch(1);
        CopyJob job = new CopyJob(new FakeImporter("/", records -> {
            for (int i = 0; i < 50; i++) {
                records.emit(file("/" + i, () -> {
                    throw new IOException("the plugin is dead");
                }, i));
            }
            never.await();
        }), FakeExporter.collecting(), settings, listener, PATIENCE);
        assertThatThrownBy(job::run).isInstanceOf(IOException.class).hasMessage("the plugin is dead");
        assertThat(failures).isEmpty();
    }

    @Test
    void aDestinationThatGaveUpIsReportedOnceAndReceivesNothingMore() {
        AtomicInteger sent = new AtomicInteger();
        FakeImporter importer = new FakeImporter("/", records -> {
            for (int i = 0;; i++) {
                records.emit(file("/" + i, "x"));
            }
        });
        assertThatThrownBy(() -> copy(importer, FakeExporter.of((records, results) -> {
            for (var record = records.next(); record != null; record = records.next()) {
                sent.incrementAndGet();
                results.error(record, "the restore stopped before this record: read-only file system");
            }
            throw new IOException("read-only file system");
        }), 2)).hasMessage("read-only file system");
        assertThat(sent).hasValue(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void anInterruptFromInsideASideIsAFailureOfThatSide() {
        assertThatThrownBy(() -> copy(new FakeImporter("/", records -> records.emit(file("/a", "1"))),
                FakeExporter.of((records, results) -> {
                    throw new InterruptedException("from inside");
                }), 1)).isInstanceOf(IOException.class).hasMessage("the exporter was interrupted");
    }

    @Test
    void resultsWithErrorsAreCountedAndReported() throws Exception {
        CopyCounts counts = copy(new FakeImporter("/", records -> {
            records.emit(file("/a", "1"));
            records.emit(file("/b", "2"));
        }), FakeExporter.of((records, results) -> {
            for (var record = records.next(); record != null; record = records.next()) {
                if (record.pathname().equals("/a")) {
                    results.error(record, "no space left");
                } else {
                    results.ok(record);
                }
            }
        }), 1);
        assertThat(failures).containsExactly("/a: no space left");
        assertThat(counts.files()).isOne();
    }

    @Test
    void aRecordWithoutAResultHasFailed() throws Exception {
        CopyCounts counts = copy(new FakeImporter("/", records -> records.emit(file("/a", "1"))),
                FakeExporter.of((records, results) -> {
                    for (var record = records.next(); record != null; record = records.next()) {
                        if (record.pathname().equals("/")) {
                            results.ok(record);
                        }
                    }
                }), 1);
        assertThat(failures).containsExactly("/a: the destination reported no result for it");
        assertThat(counts.errors()).isOne();
    }

    @Test
    void attributesAreLeftOutWithOneRemarkUnlessTheDestinationTakesThem() throws Exception {
        FakeImporter importer = new FakeImporter("/s", records -> {
            records.emit(directory("/s"));
            records.emit(file("/s/a", "1"));
            records.emit(XattrRecord.of("/s/a", "user.x", Content.of("X")));
            records.emit(XattrRecord.of("/s/a", "user.y", Content.of("Y")));
        });
        CopyCounts without = copy(importer, FakeExporter.collecting(), 1);
        assertThat(without.xattrsLeftOut()).isEqualTo(2);
        assertThat(without.errors()).isZero();
        assertThat(xattrRemarks).hasValue(1);

        FakeExporter taking = FakeExporter.collecting();
        CopyJob job = new CopyJob(importer, taking,
                new CopySettings(1, Excludes.of(List.of()), true, null, () -> false),
                listener);
        job.run();
        assertThat(taking.lines()).contains("/a@user.x=X", "/a@user.y=Y");
        assertThat(job.counts().xattrs()).isEqualTo(2);
    }

    @Test
    void excludedRecordsAreNotSentAndFilesOutsideTheRootAreErrors() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        copy(new FakeImporter("/s", records -> {
            records.emit(directory("/s"));
            records.emit(directory("/elsewhere"));
            records.emit(directory("/s/cache"));
            records.emit(file("/s/cache/1", "1"));
            records.emit(file("/s/a.o", "1"));
            records.emit(file("/s/a.c", "1"));
            records.emit(file("/stray", "1"));
        }), exporter, 1, "cache/", "*.o");
        assertThat(exporter.lines()).containsExactly("//", "/a.c=1");
        assertThat(failures).containsExactly("/stray: is outside the root of the source");
    }

    @Test
    void everyRecordIsAcknowledgedExactlyOnce() throws Exception {
        Map<String, AtomicInteger> acks = new ConcurrentHashMap<>();
        copy(new FakeImporter("/s", records -> {
            for (int i = 0; i < 500; i++) {
                String path = i % 50 == 0 ? "/outside" + i : "/s/" + i;
                FileRecord record = switch (i % 5) {
                    case 0 -> directory(path);
                    case 1 -> file(path, () -> {
                        throw new IOException("no");
                    }, 1);
                    case 2 -> file(path, "x".repeat(PendingContent.READ_AHEAD_BYTES + 1));
                    default -> file(path, "x");
                };
                records.emit(record, result -> acks.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet());
            }
            records.emit(new ErrorRecord("/s/e", "no"),
                    result -> acks.computeIfAbsent("/s/e", _ -> new AtomicInteger()).incrementAndGet());
        }), FakeExporter.collecting(), 4);
        assertThat(acks).hasSize(501);
        assertThat(acks.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void aRecordIsAcknowledgedWithoutWaitingForTheNextOne() throws Exception {
        CountDownLatch acknowledged = new CountDownLatch(3);
        copy(new FakeImporter("/", records -> {
            // An importer may keep one content open at a time and wait until that is closed.
            for (int size : List.of(1, PendingContent.READ_AHEAD_BYTES * 2)) {
                CountDownLatch one = new CountDownLatch(1);
                records.emit(file("/f" + size, Content.of("x".repeat(size)), size), result -> {
                    one.countDown();
                    acknowledged.countDown();
                });
                one.await();
            }
            acknowledged.countDown();
        }), FakeExporter.collecting(), 1);
        assertThat(acknowledged.getCount()).isZero();
    }

    @Test
    void contentsAreReadAheadButNeverMoreAtOnceThanAllowed() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore begun = new Semaphore(0);
        CountDownLatch release = new CountDownLatch(1);
        int concurrency = 3;
        FakeImporter importer = new FakeImporter("/", records -> {
            for (int i = 0; i < 40; i++) {
                records.emit(file("/" + i, () -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    begun.release();
                    awaitQuietly(release);
                    return new ByteArrayInputStream(new byte[1]) {
                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    };
                }, 1));
            }
        });
        FakeExporter exporter = FakeExporter.of((records, results) -> {
            begun.acquire(concurrency - 1); // opened before the exporter asked for a record
            release.countDown();
            records.forEach(results, record -> {});
        });
        CopyCounts counts = copy(importer, exporter, concurrency);
        assertThat(counts.files()).isEqualTo(40);
        assertThat(most.get()).isBetween(concurrency - 1, concurrency);
    }

    @Test
    void aFileLongerThanItsRecordSaysArrivesWhole() throws Exception {
        String text = "0123456789".repeat(100_000);
        FakeExporter exporter = FakeExporter.collecting();
        copy(new FakeImporter("/", records -> records.emit(file("/grown", Content.of(text), 5))), exporter, 4);
        assertThat(exporter.lines()).last().isEqualTo("/grown=" + text);
    }

    @Test
    void manyThreadsMayEmitAtOnce() throws Exception {
        FakeExporter exporter = FakeExporter.collecting();
        CopyCounts counts = copy(new FakeImporter("/", records -> {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String top = "/" + t;
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < 300; i++) {
                            records.emit(file(top + "/" + i % 7 + "/" + i, "x"));
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }), exporter, 4);
        assertThat(counts.files()).isEqualTo(1200);
        assertThat(counts.directories()).isEqualTo(1 + 4 + 4 * 7);
        assertThat(exporter.lines()).first().isEqualTo("//");
    }

    @Test
    void aFailingImporterInterruptsTheExporterAndIsReported() {
        AtomicBoolean interrupted = new AtomicBoolean();
        FakeExporter exporter = FakeExporter.of((records, results) -> {
            try {
                records.forEach(results, record -> {});
            } catch (InterruptedException e) {
                interrupted.set(true);
                throw e;
            }
        });
        assertThatThrownBy(() -> copy(new FakeImporter("/", records -> {
            records.emit(file("/a", "1"));
            throw new IOException("the server went away");
        }), exporter, 2)).isInstanceOf(IOException.class).hasMessage("the server went away");
        assertThat(interrupted).isTrue();
    }

    @Test
    void aFailingExporterInterruptsTheImporterAndIsReported() {
        CountDownLatch interrupted = new CountDownLatch(1);
        FakeImporter importer = new FakeImporter("/", records -> {
            try {
                for (int i = 0;; i++) {
                    records.emit(file("/" + i, "x"));
                }
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        assertThatThrownBy(() -> copy(importer, FakeExporter.of((records, results) -> {
            records.next();
            throw new IOException("no space left on device");
        }), 2)).isInstanceOf(IOException.class).hasMessage("no space left on device");
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void anExporterThatStopsEarlyWithoutAReasonIsAFailure() {
        assertThatThrownBy(() -> copy(new FakeImporter("/", records -> records.emit(file("/a", "x"))),
                FakeExporter.of((records, results) -> results.ok(directory("/"))), 1))
                .hasMessage("the destination stopped before everything was copied");
    }

    @Test
    void theEndWakesUninterruptibleThreadsOfAnImporter() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        FakeImporter importer = new FakeImporter("/", records -> {
            Thread hidden = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0;; i++) {
                        records.emit(file("/" + i, "x"));
                    }
                } catch (IOException | InterruptedException e) {
                    ended.countDown();
                }
            });
            hidden.join();
        });
        assertThatThrownBy(() -> copy(importer, FakeExporter.of((records, results) -> {
            throw new IOException("full");
        }), 2)).hasMessage("full");
        ended.await();
    }

    @Test
    void interruptingTheCopyInterruptsBothSides() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        CountDownLatch never = new CountDownLatch(1);
        FakeImporter importer = new FakeImporter("/", records -> waitUntilInterrupted(running, never, interrupted));
        FakeExporter exporter = FakeExporter
                .of((records, results) -> waitUntilInterrupted(running, never, interrupted));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread copying = Thread.ofPlatform().start(() -> {
            try {
                copy(importer, exporter, 1);
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
        });
        running.await();
        copying.interrupt();
        copying.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        interrupted.await();
    }

    @Test
    void aSideThatIgnoresInterruptsDoesNotHoldUpTheEnd() {
        CountDownLatch released = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> copy(new FakeImporter("/", records -> awaitQuietly(released)),
                    FakeExporter.of((records, results) -> {
                        throw new IOException("full");
                    }), 1)).hasMessage("full");
        } finally {
            released.countDown();
        }
    }

    @Test
    void bugsOfAConnectorAreReportedUnchanged() {
        assertThatThrownBy(() -> copy(new FakeImporter("/", records -> {
            throw new IllegalStateException("bug");
        }), FakeExporter.collecting(), 1)).isInstanceOf(IllegalStateException.class).hasMessage("bug");
    }

    @Test
    void aContentIsGoneOnceTheExporterAsksForTheNextRecord() throws Exception {
        AtomicReference<String> message = new AtomicReference<>("");
        copy(new FakeImporter("/", records -> {
            records.emit(file("/a", "1"));
            records.emit(file("/b", "1"));
        }), FakeExporter.of((records, results) -> {
            List<FileRecord> seen = new ArrayList<>();
            for (var record = records.next(); record != null; record = records.next()) {
                results.ok(record);
                seen.add((FileRecord) record);
                if (seen.size() == 3) {
                    message.set(failureOf(seen.get(1).content().orElseThrow()));
                }
            }
        }), 1);
        assertThat(message.get()).contains("the next record was requested");
    }

    private static String failureOf(Content content) {
        try (InputStream in = content.open()) {
            return "could be read: " + in.available();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void waitUntilInterrupted(CountDownLatch running, CountDownLatch never, CountDownLatch interrupted)
            throws InterruptedException {
        running.countDown();
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
