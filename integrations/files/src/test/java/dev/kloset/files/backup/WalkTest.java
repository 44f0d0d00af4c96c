package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WalkTest {

    @TempDir
    private Path root;

    /** Reacts to each record. */
    private interface Reaction extends RecordSink {

        void on(ConnectorRecord record) throws IOException, InterruptedException;

        @Override
        default void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
                throws IOException, InterruptedException {
            on(record);
        }
    }

    private static void walk(Path root, int threads, Reaction reaction) throws IOException, InterruptedException {
        WalkCollector.importer(root.toString(), Map.of(), options -> options.maxConcurrency(threads))
                .importRecords(reaction);
    }

    @Test
    void severalBranchesAreWalkedAtOnceButNoMoreThanTheHostAllows() throws Exception {
        for (int i = 0; i < 12; i++) {
            Files.createFile(Files.createDirectory(root.resolve("d" + i)).resolve("f"));
        }
        AtomicInteger active = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        walk(root, 3, record -> {
            if (record instanceof FileRecord file && file.info().mode().isRegular()) {
                most.accumulateAndGet(active.incrementAndGet(), Math::max);
                three.countDown();
                assertThat(three.await(120, TimeUnit.SECONDS)).as("three at once").isTrue();
                active.decrementAndGet();
            }
        });
        assertThat(most).hasValue(3);
    }

    @Test
    void aConcurrencyOfOneIsOneThread() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.createFile(Files.createDirectory(root.resolve("d" + i)).resolve("f"));
        }
        Set<Thread> threads = new HashSet<>();
        walk(root, 1, record -> {
            if (record.pathname().startsWith(root + "/")) {
                threads.add(Thread.currentThread());
            }
        });
        assertThat(threads).hasSize(1);
    }

    @Test
    void interruptionEndsTheWalkAndAllItsThreads() throws Exception {
        for (int i = 0; i < 8; i++) {
            Files.createFile(Files.createDirectory(root.resolve("d" + i)).resolve("f"));
        }
        CountDownLatch stuck = new CountDownLatch(3);
        AtomicInteger interrupted = new AtomicInteger();
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Thread host = Thread.ofVirtual().start(() -> {
            try {
                walk(root, 3, record -> {
                    if (record instanceof FileRecord file && file.info().mode().isRegular()) {
                        stuck.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            throw e;
                        }
                    }
                });
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        assertThat(stuck.await(120, TimeUnit.SECONDS)).isTrue();
        host.interrupt();
        assertThatThrownBy(() -> outcome.get(120, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(interrupted).hasValue(3);
    }

    @Test
    void aVanishedHostEndsTheWalkWithItsOwnError() throws Exception {
        for (int i = 0; i < 20; i++) {
            Path directory = Files.createDirectory(root.resolve("d" + i));
            for (int j = 0; j < 10; j++) {
                Files.createFile(directory.resolve("f" + j));
            }
        }
        AtomicInteger calls = new AtomicInteger();
        IOException gone = new IOException("the host is gone");
        assertThatThrownBy(() -> walk(root, 4, record -> {
            if (calls.incrementAndGet() >= 60) {
                throw gone;
            }
        })).isSameAs(gone);
        assertThat(calls).hasValueLessThan(220);
    }

    @Test
    void aMistakeInTheSinkIsNotLost() {
        assertThatThrownBy(() -> walk(root, 2, record -> {
            if (record.pathname().equals(root.toString())) {
                throw new IllegalStateException("the import has ended");
            }
        })).isInstanceOf(IllegalStateException.class).hasMessage("the import has ended");
    }

    @Test
    void filesThatVanishAfterTheListingAreReported() throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        WalkCollector found = new WalkCollector();
        walk(root, 1, record -> {
            found.emit(record, result -> {});
            if (found.pathsBelow(root).size() == 1) {
                for (int i = 0; i < 10; i++) {
                    Files.deleteIfExists(root.resolve("f" + i));
                }
            }
        });
        assertThat(found.pathsBelow(root)).hasSize(1);
        assertThat(found.errors()).hasSize(9)
                .extracting(ErrorRecord::message)
                .containsOnly("cannot read the metadata: no such file or directory");
        assertThat(found.errors()).allMatch(error -> error.pathname().startsWith(root + "/f"));
    }

    @Test
    void aDirectoryThatVanishesBeforeItIsReadIsReported() throws Exception {
        Path directory = Files.createDirectory(root.resolve("d"));
        Files.createFile(root.resolve("f"));
        WalkCollector found = new WalkCollector();
        walk(root, 1, record -> {
            found.emit(record, result -> {});
            if (record.pathname().equals(directory.toString())) {
                Files.deleteIfExists(directory);
            }
        });
        assertThat(found.pathsBelow(root)).containsExactly("d", "f");
        assertThat(found.errors()).containsExactly(
                new ErrorRecord(directory.toString(), "cannot list the directory: no such file or directory"));
    }

    @Test
    void aRootThatVanishesAfterwardsFailsTheBackup() throws Exception {
        Path directory = Files.createDirectory(root.resolve("d"));
        var importer = WalkCollector.importer(directory);
        Files.delete(directory);
        assertThatThrownBy(importer::ping).hasMessageContaining(directory.toString());
        assertThatThrownBy(() -> importer.importRecords(new WalkCollector())).isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void aDirectoryMayHaveMoreSubdirectoriesThanTheWalkRemembers() throws Exception {
        for (int i = 0; i < 400; i++) {
            Files.createFile(Files.createDirectory(root.resolve("d" + i)).resolve("f"));
        }
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.pathsBelow(root)).hasSize(800).doesNotHaveDuplicates();
        assertThat(found.errors()).isEmpty();
    }

    @Test
    void aDirectoryOfThousandsOfFilesIsEmittedWhileItIsRead() throws Exception {
        for (int i = 0; i < 2000; i++) {
            Files.createFile(root.resolve("f" + i));
        }
        assertThat(WalkCollector.of(root).pathsBelow(root)).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // other systems cannot even create such a path
    void aTreeDeeperThanAnyPathIsWalkedToItsEnd() throws Exception {
        Path deepest = root.resolve("d" + "/d".repeat((4090 - root.toString().length()) / 2 - 1));
        Files.createDirectories(deepest);
        Files.writeString(Files.createDirectories(root.resolve("more/d/d/d/d/d/d/d/d/d/d")).resolve("content"),
                "at the bottom");
        Files.move(root.resolve("more"), deepest.resolve("m"));
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.errors()).isEmpty();
        String bottom = deepest + "/m/d/d/d/d/d/d/d/d/d/d";
        assertThat(found.pathsBelow(root)).hasSizeGreaterThan(2000)
                .contains(bottom.substring(root.toString().length() + 1));
        assertThat(WalkCollector.bytes(found.file(bottom + "/content"))).asString().isEqualTo("at the bottom");
    }

    /** Reads a file that hands out the messages of the kernel, and then waits for the next one. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noContentWaitsForFutureWrites() throws Exception {
        Path messages = Path.of("/proc/kmsg");
        assumeTrue(Files.isReadable(messages), "only root may read " + messages);
        WalkCollector found = WalkCollector.of(messages);
        assertThatThrownBy(() -> WalkCollector.bytes(found.file(messages)))
                .hasStackTraceContaining("it has nothing to read yet, and the backup does not wait");
    }

    @AfterEach
    void removeWhatIsTooDeepForJava() throws IOException, InterruptedException {
        if (Files.exists(root.resolve("d/d/d/d/d/d"))) {
            new ProcessBuilder("rm", "-rf", root.resolve("d").toString()).inheritIO().start().waitFor();
        }
    }
}
