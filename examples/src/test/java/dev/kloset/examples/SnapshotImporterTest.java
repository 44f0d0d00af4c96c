package dev.kloset.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source held by plugins in processes of their own, which end in every possible way. */
class SnapshotImporterTest {

    private static final Map<String, String> BEFORE = new TreeMap<>(Map.of("/a", "one", "/b", "two", "/c", "three"));

    @TempDir
    private Path temporary;

    private Path data;
    private Path notes;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void fill() throws IOException {
        data = Files.createDirectory(temporary.resolve("data"));
        notes = temporary.resolve("state/kloset/leases");
        write(BEFORE);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(data.resolve(file.getKey().substring(1)), file.getValue());
        }
    }

    private PluginProcess start() throws IOException, InterruptedException {
        return startOn("state");
    }

    /** {@return a plugin on a machine of that name: nothing but the source is common to two of them} */
    private PluginProcess startOn(String machine) throws IOException, InterruptedException {
        return PluginProcess.start(PluginCommand.builder(Path.of(System.getProperty("java.home"), "bin", "java"))
                .args(List.of("-cp", System.getProperty("java.class.path"), SnapshotPlugin.class.getName()))
                .name("snapshot")
                .environment(Map.of("XDG_STATE_HOME", temporary.resolve(machine).toString()))
                .stderr(errors::add)
                .build());
    }

    private Importer importer(PluginProcess plugin, int seconds) throws IOException, InterruptedException {
        return importer(plugin, Map.of("location", "snapshot://" + data, "lease_seconds", String.valueOf(seconds)));
    }

    private static Importer importer(PluginProcess plugin, Map<String, String> settings)
            throws IOException, InterruptedException {
        return plugin.importer(ConnectorContext.of("snapshot", ConnectorConfig.of(settings),
                Options.builder().hostname("here").build()));
    }

    private static Set<Path> list(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new HashSet<>(
                    files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList());
        }
    }

    /** {@return copies of the directory, and the files that say how long these are needed} */
    private Set<Path> held() throws IOException {
        return list(temporary, "data.kloset_");
    }

    private void assertThatNothingIsLeft() throws IOException {
        assertThat(held()).isEmpty();
        assertThat(list(notes, "")).isEmpty();
    }

    /** A host that has received a record and waits for the test to let it go on. */
    private static final class Reader implements RecordSink {

        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final Map<String, String> contents = new TreeMap<>();

        @Override
        public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
                throws IOException, InterruptedException {
            first.countDown();
            mayGoOn.await();
            if (record instanceof FileRecord file && file.content().isPresent()) {
                try (InputStream in = file.content().get().open()) {
                    contents.put(file.pathname(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            onResult.accept(ConnectorResult.ok(record));
        }
    }

    private Future<?> startImport(Importer importer, RecordSink sink) {
        return threads.submit(() -> {
            importer.importRecords(sink);
            return null;
        });
    }

    /** {@return the import that {@code importer} is running} When this returns, the source is held. */
    private Future<?> hold(Importer importer, Reader reader) throws InterruptedException {
        Future<?> running = startImport(importer, reader);
        reader.first.await();
        return running;
    }

    private Map<String, String> backUp() throws Exception {
        return backUpOn("state");
    }

    private Map<String, String> backUpOn(String machine) throws Exception {
        try (PluginProcess plugin = startOn(machine); Importer importer = importer(plugin, 300)) {
            return read(importer);
        }
    }

    private static Map<String, String> read(Importer importer) throws Exception {
        Reader reader = new Reader();
        reader.mayGoOn.countDown();
        importer.importRecords(reader);
        return reader.contents;
    }

    @Test
    void theBackupHasTheFilesAsTheyWereAtTheBeginningAndNothingIsLeft() throws Exception {
        Reader reader = new Reader();
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 300)) {
            Future<?> running = hold(importer, reader);
            assertThat(held()).hasSize(2);
            assertThat(list(notes, "")).hasSize(1).allSatisfy(note -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note))).isEqualTo("rw-------");
                assertThat(note).content().endsWith(" holds the directory " + data + "\n");
            });
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(notes))).isEqualTo("rwx------");
            write(Map.of("/a", "ONE", "/b", "", "/c", "3", "/d", "four"));
            reader.mayGoOn.countDown();
            running.get();
            // Close has not come yet, and may never come.
            assertThatNothingIsLeft();
        }
        assertThat(reader.contents).isEqualTo(BEFORE);
        assertThat(backUp()).containsEntry("/a", "ONE").containsEntry("/d", "four");
    }

    @Test
    void nothingIsLeftWhenTheListingFails() throws Exception {
        Path directory = Files.createDirectory(data.resolve("bad"));
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 300)) {
            assertThatThrownBy(
                    () -> importer.importRecords((record, onResult) -> onResult.accept(ConnectorResult.ok(record))))
                    .hasMessage("plugin snapshot: " + directory + " is a directory: only files are backed up");
            assertThatNothingIsLeft();
        }
    }

    @Test
    void nothingIsLeftWhenTheSourceCannotBeHeld() throws Exception {
        for (Path file : list(data, "")) {
            Files.delete(file);
        }
        Files.delete(data);
        assertThatThrownBy(this::backUp).hasMessage("plugin snapshot: cannot hold the directory " + data
                + " as it is: no such file or directory: " + data);
        assertThatNothingIsLeft();
    }

    @Test
    void nothingIsLeftWhenTheImportIsCancelled() throws Exception {
        try (PluginProcess plugin = start()) {
            Importer importer = importer(plugin, 300);
            Future<?> running = hold(importer, new Reader());
            running.cancel(true);
            importer.close(); // waits for the import
            assertThatNothingIsLeft();
        }
    }

    @Test
    void nothingIsLeftWhenTheHostGoesAwayInTheMiddle() throws Exception {
        try (PluginProcess plugin = start()) {
            Future<?> _ = hold(importer(plugin, 300), new Reader());
            assertThat(held()).isNotEmpty();
        }
        assertThatNothingIsLeft();
    }

    private void kill(PluginProcess plugin) {
        ProcessHandle process = ProcessHandle.of(plugin.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    @Test
    void theNextStartReleasesWhatAKilledProcessLeftBehind() throws Exception {
        try (PluginProcess plugin = start()) {
            Future<?> _ = hold(importer(plugin, 300), new Reader());
            kill(plugin);
        }
        Set<Path> left = held();
        assertThat(left).hasSize(2);
        assertThat(list(notes, "")).hasSize(1);
        assertThat(backUp()).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }

    /** Do what a source that knows time limits does at {@code now}. */
    private void endWhatIsOver(Instant now) throws IOException {
        for (Path time : held()) {
            if (time.toString().endsWith(".until") && Instant.parse(Files.readString(time)).isBefore(now)) {
                Path copy = Path.of(time.toString().replace(".until", ""));
                for (Path file : list(copy, "")) {
                    Files.delete(file);
                }
                Files.delete(copy);
                Files.delete(time);
            }
        }
    }

    @Test
    void withoutANextStartTheSourceEndsWhatAKilledProcessLeftBehind() throws Exception {
        Instant before = Instant.now();
        try (PluginProcess plugin = start()) {
            Future<?> _ = hold(importer(plugin, 300), new Reader());
            kill(plugin);
        }
        endWhatIsOver(before.plusSeconds(300));
        assertThat(held()).hasSize(2);
        endWhatIsOver(Instant.now().plusSeconds(301));
        assertThat(held()).isEmpty();
        // The note has become useless; the next start removes it.
        assertThat(backUp()).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }

    private static Path timeOf(Set<Path> held) {
        return held.stream().filter(file -> file.toString().endsWith(".until")).findAny().orElseThrow();
    }

    @Test
    void anotherMachineReleasesWhatAKilledProcessLeftBehindButNothingElse() throws Exception {
        Path daily = Files.createDirectory(temporary.resolve("data.daily"));
        Reader working = new Reader();
        try (PluginProcess killed = start(); PluginProcess alive = start()) {
            Future<?> _ = hold(importer(killed, 300), new Reader());
            Set<Path> left = held();
            Importer importer = importer(alive, 300);
            Future<?> running = hold(importer, working);
            Set<Path> used = held();
            used.removeAll(left);
            kill(killed);
            // Its time is over, but by less than the clocks of two machines may differ.
            Files.writeString(timeOf(left), Instant.now().minusSeconds(200).toString());
            assertThat(backUpOn("second")).isEqualTo(BEFORE);
            assertThat(held()).hasSize(4);
            Files.writeString(timeOf(left), Instant.now().minusSeconds(301).toString());
            assertThat(backUpOn("third")).isEqualTo(BEFORE);
            assertThat(held()).isEqualTo(used);
            working.mayGoOn.countDown();
            running.get();
            importer.close();
        }
        assertThat(working.contents).isEqualTo(BEFORE);
        assertThat(held()).isEmpty();
        assertThat(daily).exists();
    }

    private Map<String, String> daily(int seconds) {
        return Map.of("location", "snapshot://" + data, "snapshot", "daily", "lease_seconds", String.valueOf(seconds));
    }

    @Test
    void aCopyThatOthersMadeIsReadAndStays() throws Exception {
        Path daily = Files.createDirectory(temporary.resolve("data.daily"));
        Files.writeString(daily.resolve("a"), "yesterday");
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, daily(300))) {
            assertThat(read(importer)).containsExactly(Map.entry("/a", "yesterday"));
        }
        assertThat(daily.resolve("a")).hasContent("yesterday");
        assertThatNothingIsLeft();
    }

    @Test
    void aCopyOfOthersThatDoesNotExistOrVanishesFailsTheBackup() throws Exception {
        String sentence = "plugin snapshot: cannot hold the directory " + data
                + " as it is: no such file or directory: "
                + temporary.resolve("data.daily");
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, daily(300))) {
            assertThatThrownBy(() -> read(importer)).hasMessage(sentence);
        }
        Path daily = Files.createDirectory(temporary.resolve("data.daily"));
        Files.writeString(daily.resolve("a"), "yesterday");
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, daily(1))) {
            Reader reader = new Reader();
            Future<?> running = hold(importer, reader);
            Files.delete(daily.resolve("a"));
            Files.delete(daily);
            while (errors.stream().noneMatch(line -> line.contains("is no longer held"))) {
                Thread.onSpinWait();
            }
            reader.mayGoOn.countDown();
            assertThatThrownBy(running::get).hasMessageContaining("the directory " + data
                    + " is no longer held, so what is read now may not match what was read before");
        }
    }

    @Test
    void theLeaseIsExtendedWhileItIsNeeded() throws Exception {
        Reader reader = new Reader();
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 2)) {
            Future<?> running = hold(importer, reader);
            Instant end = Instant.now().plusSeconds(2);
            Path time = timeOf(held());
            try (WatchService changes = temporary.getFileSystem().newWatchService()) {
                temporary.register(changes, StandardWatchEventKinds.ENTRY_MODIFY);
                // Longer than the hold could last without being extended.
                while (Instant.now().isBefore(end.plusSeconds(1))) {
                    WatchKey change = Objects.requireNonNull(changes.poll(120, TimeUnit.SECONDS), "no extension");
                    change.pollEvents();
                    change.reset();
                }
            }
            assertThat(time).exists();
            reader.mayGoOn.countDown();
            running.get();
        }
        assertThat(reader.contents).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }

    @Test
    void concurrentBackupsDoNotTouchEachOthersHolds() throws Exception {
        Reader first = new Reader();
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 300)) {
            Future<?> running = hold(importer, first);
            Set<Path> ofTheFirst = held();
            write(Map.of("/a", "ONE"));
            assertThat(backUp()).containsEntry("/a", "ONE");
            assertThat(held()).isEqualTo(ofTheFirst);
            first.mayGoOn.countDown();
            running.get();
        }
        assertThat(first.contents).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }

    @Test
    void theCountingProcessReleasesItsHoldWhenItIsClosedInTheMiddle() throws Exception {
        Reader reader = new Reader();
        try (PluginProcess plugin = start();
                Importer importer = importer(plugin, 300);
                PluginProcess counting = start()) {
            Future<?> running = hold(importer, reader);
            Set<Path> ofTheBackup = held();
            Importer counter = importer(counting, 300);
            Future<?> _ = hold(counter, new Reader());
            assertThat(held()).hasSize(4).containsAll(ofTheBackup);
            counter.close();
            assertThat(held()).isEqualTo(ofTheBackup);
            reader.mayGoOn.countDown();
            running.get();
        }
        assertThat(reader.contents).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }

    @Test
    void theImportFailsWhenTheHoldIsLost() throws Exception {
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 1)) {
            // Wait for all records: an unfinished listing would notice the missing copy before the lease does, and report it in
            // its own words.
            CountDownLatch records = new CountDownLatch(BEFORE.size());
            // A slow host, so that the source is needed for longer than the hold lasts.
            Future<?> running = startImport(importer, (_, _) -> records.countDown());
            records.await();
            Path copy = held().stream().filter(Files::isDirectory).findAny().orElseThrow();
            Files.move(copy, temporary.resolve("gone"));
            assertThatThrownBy(running::get).isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessage("plugin snapshot: the directory " + data + " is no longer held, so what is read "
                            + "now may not match what was read before: no such file or directory: " + copy);
        }
        assertThatNothingIsLeft();
    }

    @Test
    void theNextStartReleasesAHoldThatWasReportedAsStuck() throws Exception {
        Reader reader = new Reader();
        Path copy;
        try (PluginProcess plugin = start(); Importer importer = importer(plugin, 300)) {
            Future<?> running = hold(importer, reader);
            copy = held().stream().filter(Files::isDirectory).findAny().orElseThrow();
            Files.createDirectories(copy.resolve("obstacle/inside"));
            reader.mayGoOn.countDown();
            running.get();
        }
        String name = copy.toString().replace(data + ".", "");
        assertThat(errors)
                .anySatisfy(line -> assertThat(line).contains("the directory " + data + " is still held by " + name
                        + ": directory is not empty: " + copy.resolve("obstacle")
                        + ". The next backup of it tries again. If the source does "
                        + "not end it by itself, at ", ", remove " + name + " there by hand"));
        assertThat(list(notes, "")).hasSize(1);
        Files.delete(copy.resolve("obstacle/inside"));
        assertThat(backUp()).isEqualTo(BEFORE);
        assertThatNothingIsLeft();
    }
}
