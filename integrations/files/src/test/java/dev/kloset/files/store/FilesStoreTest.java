package dev.kloset.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorConfig;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.StoreContext;
import dev.kloset.StoreMode;
import dev.kloset.UploadAbortedException;
import dev.kloset.files.ByteByByte;
import dev.kloset.files.ChildJvm;
import dev.kloset.files.RamDirectory;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.ProcessIdentity;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.support.Sentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilesStoreTest {

    private static final StorageResource PACKFILE = StorageResource.PACKFILE;
    private static final StorageResource STATE = StorageResource.STATE;
    private static final StorageResource LOCK = StorageResource.LOCK;
    private static final byte[] CONFIG = "configuration".getBytes(UTF_8);

    @TempDir(factory = RamDirectory.class)
    Path directory;

    private Path root;
    private FilesStore store;

    @BeforeEach
    void createRepository() throws Exception {
        root = directory.resolve("repository");
        store = storeAt(root);
        store.create(CONFIG);
    }

    @Test
    void reportsItsOriginTypeAndRoot() {
        assertThat(store.type()).isEqualTo("files");
        assertThat(store.origin()).isEqualTo("localhost");
        assertThat(store.root()).isEqualTo(root.toString());
        assertThat(store.flags()).containsExactly(LocationFlag.LOCALFS);
        assertThat(store.mode()).containsExactlyInAnyOrder(StoreMode.READ, StoreMode.WRITE);
    }

    @Test
    void aRelativeOrUncleanLocationBecomesAbsoluteAndClean() throws Exception {
        assertThat(withLocation("files://a/../b/").root()).isEqualTo(Path.of("").toAbsolutePath() + "/b");
        assertThat(withLocation("files:///x//y/./z/").root()).isEqualTo("/x/y/z");
        assertThat(withLocation("/x/y").root()).isEqualTo("/x/y");
    }

    @Test
    void itHasNoSettingsButTheLocation() throws Exception {
        var settings = new HashMap<>(Map.of("location", "files:///x"));
        assertThat(new FilesStore(StoreContext.of("files", ConnectorConfig.of(settings))).root()).isEqualTo("/x");
        settings.put("colour", "blue");
        assertThatThrownBy(() -> new FilesStore(StoreContext.of("files", ConnectorConfig.of(settings))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("there is no setting \"colour\"; known are location");
        assertThatThrownBy(() -> withLocation("files:///x\0y")).isInstanceOf(ConfigException.class)
                .hasMessage("the setting \"location\" must be a location");
    }

    @Test
    void createMakesTheLayoutOfTheBuiltInStore() throws Exception {
        List<String> expected = Stream
                .of(Stream.of("CONFIG", "locks", "packfiles", "states"),
                        IntStream.range(0, 256).mapToObj(i -> String.format("packfiles/%02x", i)),
                        IntStream.range(0, 256).mapToObj(i -> String.format("states/%02x", i)))
                .flatMap(names -> names)
                .toList();
        assertThat(names()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(mode(root)).isEqualTo("40700");
        assertThat(mode(root.resolve("packfiles/ff"))).isEqualTo("40700");
        assertThat(mode(root.resolve("locks"))).isEqualTo("40700");
        assertThat(mode(root.resolve("CONFIG"))).isEqualTo("100600");
        assertThat(root.resolve("CONFIG")).hasBinaryContent(CONFIG);
    }

    @Test
    void objectsHaveTheNamesOfTheBuiltInStore() throws Exception {
        String hex = "0abc" + "00".repeat(29) + "ff";
        for (StorageResource resource : List.of(PACKFILE, STATE, LOCK)) {
            assertThat(store.put(resource, ObjectMac.fromHex(hex), text(resource.name()))).isPositive();
        }
        assertThat(root.resolve("packfiles/0a/" + hex)).hasContent("PACKFILE");
        assertThat(root.resolve("states/0a/" + hex)).hasContent("STATE");
        assertThat(root.resolve("locks/" + hex)).hasContent("LOCK");
        assertThat(mode(root.resolve("states/0a/" + hex))).isEqualTo("100600");
        assertThat(names()).hasSize(4 + 512 + 3);
    }

    /** Records what is forced, and whether a name existed by then. */
    private static final class ListeningDisk extends Disk {

        private final List<String> forced = new ArrayList<>();
        private final Path root;
        private final Path name;

        ListeningDisk(Path root, Path name) {
            this.root = root;
            this.name = name;
        }

        @Override
        public void force(Path path, FileChannel channel) throws IOException {
            String what = Files.isDirectory(path) ? "directory /" + root.relativize(path) : "file of " + channel.size();
            forced.add(what + (Files.exists(name) ? " after" : " before"));
            super.force(path, channel);
        }
    }

    @Test
    void anObjectIsOnTheDiskBeforeItHasItsNameAndTheNameBeforePutAnswers() throws Exception {
        Path object = root.resolve("packfiles/" + mac(1).hex().substring(0, 2) + "/" + mac(1).hex());
        ListeningDisk disk = new ListeningDisk(root, object);
        storeAt(root, disk).put(PACKFILE, mac(1), text("content"));
        assertThat(disk.forced).containsExactly("file of 7 before",
                "directory /" + root.relativize(object.getParent()) + " after");
    }

    @Test
    void aMissingBucketIsOnTheDiskBeforePutAnswers() throws Exception {
        Path object = root.resolve("states/" + mac(1).hex().substring(0, 2) + "/" + mac(1).hex());
        Files.delete(object.getParent());
        ListeningDisk disk = new ListeningDisk(root, object);
        storeAt(root, disk).put(STATE, mac(1), text("content"));
        assertThat(disk.forced).containsExactly("file of 7 before", "directory /states before",
                "directory /" + root.relativize(object.getParent()) + " after");
    }

    @Test
    void aNewRepositoryIsOnTheDiskBeforeItsConfigAndTheConfigBeforeCreateAnswers() throws Exception {
        Path other = directory.resolve("a/b");
        ListeningDisk disk = new ListeningDisk(directory, other.resolve("CONFIG"));
        storeAt(other, disk).create(CONFIG);
        assertThat(disk.forced).startsWith("directory / before", "directory /a before")
                .contains("directory /a/b/packfiles before", "directory /a/b/states before")
                .endsWith("directory /a/b before", "file of " + CONFIG.length + " before", "directory /a/b after");
    }

    @Test
    void createRefusesANonEmptyDirectory() throws Exception {
        store.put(PACKFILE, mac(1), text("kept"));
        assertThatThrownBy(() -> storeAt(root).create("other".getBytes(UTF_8)))
                .hasMessage("cannot make a repository at " + root + ": there is one already");
        assertThat(store.open()).isEqualTo(CONFIG);
        assertThat(content(PACKFILE, mac(1), null)).isEqualTo("kept");

        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve(".hidden"), "");
        assertThatThrownBy(() -> storeAt(other).create(CONFIG))
                .hasMessage("cannot make a repository at " + other + ": the directory is not empty");
        assertThatThrownBy(() -> storeAt(other.resolve(".hidden")).create(CONFIG))
                .hasMessage("cannot make a repository at " + other.resolve(".hidden") + ": it is not a directory");
        assertThatThrownBy(() -> storeAt(other.resolve(".hidden/below")).create(CONFIG))
                .hasMessageContaining("cannot make a repository at")
                .hasMessageContaining("is not a directory");
    }

    @Test
    void createAcceptsAnEmptyDirectoryAndMakesMissingParents() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        storeAt(empty).create(CONFIG);
        assertThat(storeAt(empty).open()).isEqualTo(CONFIG);
        Path deep = directory.resolve("a/b/c");
        storeAt(deep).create(CONFIG);
        assertThat(storeAt(deep).open()).isEqualTo(CONFIG);
    }

    @Test
    void oneOfTwoConcurrentCreatesWins() throws Exception {
        Path contested = directory.resolve("contested");
        Callable<String> create = () -> {
            String me = Thread.currentThread().toString();
            try {
                storeAt(contested).create(me.getBytes(UTF_8));
                return me;
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("cannot make a repository at " + contested);
                return "";
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(List.of(create, create, create, create));
            var winners = answers.stream().map(f -> f.resultNow()).filter(answer -> !answer.isEmpty()).toList();
            assertThat(winners).hasSize(1);
            assertThat(storeAt(contested).open()).isEqualTo(winners.getFirst().getBytes(UTF_8));
        }
    }

    /** The disk is full once some of the directories are made. */
    @Test
    void theRemainsOfACreateOnAFullDiskDoNotObstructTheNextOne(@TempDir Path mounted) throws Exception {
        assumeTrue(
                new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=300", "tmpfs", mounted.toString())
                        .start()
                        .waitFor() == 0,
                "only root can mount a small file system");
        try {
            Path root = mounted.resolve("repository");
            assertThatThrownBy(() -> storeAt(root).create(CONFIG)).hasMessageContaining("No space left on device");
            assertThat(root.resolve("packfiles")).exists();
            assertThat(
                    new ProcessBuilder("mount", "-o", "remount,nr_inodes=2000", mounted.toString()).start().waitFor())
                    .isZero();
            storeAt(root).create(CONFIG);
            assertThat(storeAt(root).open()).isEqualTo(CONFIG);
            assertThat(names(root)).containsExactlyInAnyOrder("CONFIG", "locks", "packfiles", "states");
        } finally {
            assertThat(new ProcessBuilder("umount", mounted.toString()).start().waitFor()).isZero();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Test
    void aCreationIsNotDisturbedAndAKilledOneIsTakenOver() throws Exception {
        Path contested = directory.resolve("contested");
        try (ChildJvm child = ChildJvm.start(EndlessCreate.class, contested.toString())) {
            assertThat(child.line()).isEqualTo("creating");
            assertThat(names(contested)).contains("locks", "packfiles");
            assertThatThrownBy(() -> storeAt(contested).create(CONFIG))
                    .hasMessage("cannot make a repository at " + contested + ": another process is making one");
            child.kill();
        }
        storeAt(contested).create(CONFIG);
        assertThat(storeAt(contested).open()).isEqualTo(CONFIG);
    }

    /** A process that stops after making some directories. */
    static final class EndlessCreate {
        public static void main(String[] args) throws Exception {
            storeAt(Path.of(args[0]), new Disk() {
                @Override
                public void force(Path path, FileChannel channel) throws IOException {
                    if (path.endsWith("packfiles")) {
                        ChildJvm.report("creating");
                        LockSupport.park();
                    }
                }
            }).create(CONFIG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "packfiles/00/object", "packfiles/other/", "locks/lock", "states", "tmp.kloset-create/x" })
    void remainsWithSomethingInThemAreRefused(String name) throws Exception {
        Path root = directory.resolve("remains");
        Path entry = root.resolve(name);
        Files.createDirectories(root.resolve("packfiles/01"));
        Files.createDirectories(name.endsWith("/") ? entry : entry.getParent());
        if (!name.endsWith("/")) {
            Files.writeString(entry, "precious");
        }
        assertThatThrownBy(() -> storeAt(root).create(CONFIG))
                .hasMessage("cannot make a repository at " + root + ": the directory is not empty");
        assertThat(entry).exists();
        assertThat(root.resolve("CONFIG")).doesNotExist();
    }

    @Test
    void openingFailsWithoutARepository() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> storeAt(nowhere).open())
                .hasMessage("no Kloset repository at " + nowhere + ": CONFIG is missing");
        assertThatThrownBy(() -> storeAt(nowhere).put(PACKFILE, mac(1), text("x")))
                .hasMessage("no Kloset repository at " + nowhere + ": packfiles is missing");
        assertThatThrownBy(() -> storeAt(nowhere).ping()).hasMessage("there is no directory " + nowhere);
    }

    @Test
    void pingRequiresOnlyADirectory() throws Exception {
        store.ping();
        storeAt(directory).ping();
    }

    @ParameterizedTest
    @EnumSource(value = StorageResource.class, names = { "PACKFILE", "STATE", "LOCK" })
    void storesListsReturnsAndDeletesObjects(StorageResource resource) throws Exception {
        byte[] object = new byte[300_000];
        new Random(1).nextBytes(object);
        assertThat(store.list(resource)).isEmpty();
        assertThat(store.put(resource, mac(7), new ByteArrayInputStream(object))).isEqualTo(object.length);
        assertThat(storeAt(root).list(resource)).containsExactly(mac(7));
        try (InputStream in = storeAt(root).get(resource, mac(7), null)) {
            assertThat(in.readAllBytes()).isEqualTo(object);
        }
        store.put(resource, mac(7), text("replaced"));
        assertThat(content(resource, mac(7), null)).isEqualTo("replaced");
        store.delete(resource, mac(7));
        assertThat(store.list(resource)).isEmpty();
        store.delete(resource, mac(7));
        assertThatThrownBy(() -> store.get(resource, mac(7), null)).satisfies(e -> assertThat(Sentence.of(e))
                .isEqualTo("no such file or directory: " + resource.name().toLowerCase(Locale.ROOT) + " "
                        + mac(7) + " (not in the repository at " + root + ")"));
    }

    @Test
    void anEmptyObjectIsAnObject() throws Exception {
        assertThat(store.put(STATE, mac(0), text(""))).isZero();
        assertThat(store.list(STATE)).containsExactly(mac(0));
        assertThat(content(STATE, mac(0), null)).isEmpty();
        assertThat(content(STATE, mac(0), new Range(0, 10))).isEmpty();
    }

    @Test
    void aRangeIsCutAtTheEnd() throws Exception {
        store.put(PACKFILE, mac(1), text("0123456789"));
        var answers = new LinkedHashMap<Range, String>();
        answers.put(new Range(0, 10), "0123456789");
        answers.put(new Range(0, 0), "");
        answers.put(new Range(0, 1), "0");
        answers.put(new Range(9, 1), "9");
        answers.put(new Range(3, 4), "3456");
        answers.put(new Range(5, 5), "56789");
        answers.put(new Range(5, 6), "56789");
        answers.put(new Range(9, 0xFFFF_FFFFL), "9");
        answers.put(new Range(10, 1), "");
        answers.put(new Range(11, 1), "");
        answers.put(new Range(0, 0xFFFF_FFFFL), "0123456789");
        answers.put(new Range(Long.MAX_VALUE, 0xFFFF_FFFFL), "");
        for (var answer : answers.entrySet()) {
            assertThat(content(PACKFILE, mac(1), answer.getKey())).as("%s", answer).isEqualTo(answer.getValue());
        }
    }

    @Test
    void aStreamGivesSingleBytesUnsigned() throws Exception {
        store.put(LOCK, mac(1), new ByteArrayInputStream(new byte[]{ (byte) 0xFF, 1 }));
        try (InputStream in = store.get(LOCK, mac(1), new Range(0, 2))) {
            assertThat(in.read(new byte[0])).isZero();
            assertThat(in.read()).isEqualTo(255);
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[5])).isEqualTo(-1);
        }
    }

    @Test
    void errorCorrectionIsNotKept() {
        String message = "a store of type files does not keep error correction objects";
        for (StorageResource resource : List.of(StorageResource.ECC_PACKFILE, StorageResource.ECC_STATE)) {
            assertThatThrownBy(() -> store.list(resource)).hasMessage(message);
            assertThatThrownBy(() -> store.put(resource, mac(1), text(""))).hasMessage(message);
            assertThatThrownBy(() -> store.get(resource, mac(1), null)).hasMessage(message);
            assertThatThrownBy(() -> store.delete(resource, mac(1))).hasMessage(message);
        }
    }

    @Test
    void listSeesOnlyWholeObjectsInTheirPlace() throws Exception {
        store.put(PACKFILE, mac(0x0A), text("x"));
        Path bucket = root.resolve("packfiles/0a");
        Files.writeString(bucket.resolve("0b" + "00".repeat(31)), "in the wrong bucket");
        Files.writeString(bucket.resolve("0A" + "00".repeat(31)), "upper case");
        Files.writeString(bucket.resolve("0a" + "00".repeat(30) + "0"), "short");
        Files.writeString(bucket.resolve("0a" + "00".repeat(30) + "0g"), "no digit");
        Files.writeString(bucket.resolve("0a" + "00".repeat(31) + ".tmp"), "long");
        Files.writeString(root.resolve("packfiles/tmp.123456"), "of the built-in store");
        Files.createDirectory(root.resolve("packfiles/zz"));
        Files.writeString(root.resolve("locks/notes"), "");
        assertThat(store.list(PACKFILE)).containsExactly(mac(0x0A));
        assertThat(store.list(LOCK)).isEmpty();
    }

    @Test
    void anObjectIsInvisibleUntilItsStreamEnds() throws Exception {
        var half = new CountDownLatch(1);
        var rest = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var put = threads.submit(() -> store.put(STATE, mac(1), pausing(half, rest)));
            half.await();
            assertThat(storeAt(root).list(STATE)).isEmpty();
            assertThatThrownBy(() -> storeAt(root).get(STATE, mac(1), null)).isInstanceOf(IOException.class);
            rest.countDown();
            assertThat(put.get(120, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(storeAt(root).list(STATE)).containsExactly(mac(1));
        }
    }

    @Test
    void anAbortedUploadLeavesNothing() throws Exception {
        store.put(PACKFILE, mac(1), text("before"));
        InputStream aborted = failing(new UploadAbortedException("the host gave up"));
        assertThatThrownBy(() -> store.put(PACKFILE, mac(1), aborted)).isInstanceOf(UploadAbortedException.class)
                .hasMessage("the host gave up");
        assertThatThrownBy(() -> store.put(LOCK, mac(1), failing(new UploadAbortedException("gone"))))
                .hasMessage("gone");
        assertThat(content(PACKFILE, mac(1), null)).isEqualTo("before");
        assertThat(names()).hasSize(4 + 512 + 1);
    }

    @Test
    void anInterruptedUploadLeavesNothing() throws Exception {
        InputStream interrupting = new ByteByByte(_ -> {
            Thread.currentThread().interrupt();
            return 'x';
        });
        assertThatThrownBy(() -> store.put(PACKFILE, mac(1), interrupting)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.put(PACKFILE, mac(1), text(""))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(names()).hasSize(4 + 512);
    }

    @Test
    void aMissingBucketIsMadeAgain() throws Exception {
        Files.delete(root.resolve("packfiles/0a"));
        assertThat(store.list(PACKFILE)).isEmpty();
        store.put(PACKFILE, mac(0x0A), text("x"));
        assertThat(store.list(PACKFILE)).containsExactly(mac(0x0A));
        assertThat(mode(root.resolve("packfiles/0a"))).isEqualTo("40700");
    }

    @Test
    void manyThreadsAndTwoStoresShareOneRepository() throws Exception {
        FilesStore other = storeAt(root);
        int objects = 96;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> puts = IntStream.range(0, objects).<Callable<Long>>mapToObj(i -> {
                FilesStore one = i % 2 == 0 ? store : other;
                return () -> one.put(i % 3 == 0 ? STATE : PACKFILE, mac(i), text("object " + i));
            }).toList();
            for (var put : threads.invokeAll(puts)) {
                assertThat(put.get()).isPositive();
            }
            List<Callable<Long>> sameLock = IntStream.range(0, 32)
                    .<Callable<Long>>mapToObj(
                            i -> () -> (i % 2 == 0 ? store : other).put(LOCK, mac(1), text("lock " + i % 10)))
                    .toList();
            for (var put : threads.invokeAll(sameLock)) {
                assertThat(put.get()).isEqualTo(6);
            }
        }
        assertThat(store.list(PACKFILE)).hasSize(64);
        assertThat(other.list(STATE)).hasSize(32);
        assertThat(content(PACKFILE, mac(95), null)).isEqualTo("object 95");
        assertThat(content(LOCK, mac(1), null)).startsWith("lock ");
        assertThat(names()).hasSize(4 + 512 + objects + 1);
    }

    @Test
    void aReaderKeepsTheObjectThatIsReplacedOrDeleted() throws Exception {
        store.put(LOCK, mac(1), text("old"));
        try (InputStream first = store.get(LOCK, mac(1), null)) {
            store.put(LOCK, mac(1), text("new"));
            store.delete(LOCK, mac(1));
            assertThat(new String(first.readAllBytes(), UTF_8)).isEqualTo("old");
        }
    }

    @Test
    void sizeCountsEveryFile() throws Exception {
        store.put(PACKFILE, mac(1), text("12345"));
        store.put(LOCK, mac(1), text("123"));
        Files.createSymbolicLink(root.resolve("locks/link"), root.resolve("CONFIG"));
        assertThat(store.size()).isEqualTo(CONFIG.length + 5 + 3);
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        assertThat(storeAt(link).size()).isEqualTo(store.size());
        assertThatThrownBy(() -> storeAt(directory.resolve("nowhere")).size()).isInstanceOf(IOException.class);
    }

    @Test
    void aCallOnAnInterruptedThreadFails() throws Exception {
        store.put(LOCK, mac(1), text("x"));
        for (Callable<?> call : List.<Callable<?>>of(store::size, () -> store.list(STATE),
                () -> store.get(LOCK, mac(1), new Range(0, 1)))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(call::call).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void theFirstPutRemovesWhatADeadProcessLeft() throws Exception {
        var dead = new ProcessIdentity(ProcessIdentity.self().machine(), 4194305, "1", 0);
        var names = new Temporaries("tmp.kloset-", dead, InstantSource.system());
        Path inPackfiles = Files.writeString(root.resolve("packfiles").resolve(names.next()), "half");
        Path inRoot = Files.writeString(root.resolve(names.next()), "half");
        Path ofBuiltIn = Files.writeString(root.resolve("states/tmp.42"), "half");
        Path ofLiving = Files.writeString(root.resolve("states").resolve(new Temporaries("tmp.kloset-").next()),
                "half");
        store.list(PACKFILE);
        store.open();
        assertThat(inPackfiles).exists();
        store.put(STATE, mac(1), text("x"));
        assertThat(inPackfiles).doesNotExist();
        assertThat(inRoot).doesNotExist();
        assertThat(ofBuiltIn).exists();
        assertThat(ofLiving).exists();
    }

    @Test
    void aKilledUploadIsInvisibleAndSwept() throws Exception {
        try (ChildJvm child = ChildJvm.start(EndlessPut.class, root.toString())) {
            assertThat(child.line()).isEqualTo("writing");
            store.put(LOCK, mac(2), text("the child lives"));
            assertThat(temporaries()).hasSize(1);
            child.kill();
        }
        assertThat(temporaries()).hasSize(1);
        assertThat(store.list(PACKFILE)).isEmpty();
        storeAt(root).put(LOCK, mac(3), text("the child is dead"));
        assertThat(temporaries()).isEmpty();
    }

    /** A process that uploads an endless object, and reports when the first bytes are there. */
    static final class EndlessPut {
        public static void main(String[] args) throws Exception {
            storeAt(Path.of(args[0])).put(PACKFILE, mac(1), new ByteByByte(position -> {
                if (position == 100_000) {
                    ChildJvm.report("writing");
                    LockSupport.park();
                }
                return 'x';
            }));
        }
    }

    @Test
    void anInputErrorIsAFailureButADirectoryThatCannotBeSyncedIsNot(@TempDir Path directory) throws Exception {
        Path root = directory.resolve("repository");
        FilesStore store = storeAt(root, new UnsyncedDisk("\u65e0\u6548\u7684\u53c2\u6570", Errno.EINVAL));
        store.create(new byte[]{ 1 });
        store.put(PACKFILE, mac(1), text("kept"));
        assertThat(store.list(PACKFILE)).containsExactly(mac(1));
        assertThatThrownBy(() -> storeAt(directory.resolve("other"), new UnsyncedDisk("Input/output error", 5))
                .create(new byte[]{ 1 })).isInstanceOf(IOException.class).hasMessageContaining("Input/output error");
    }

    /** This file system has no such call. */
    @Test
    void theErrorNumberShowsThatADirectoryCannotBeSynced(@TempDir Path directory) throws Exception {
        Path proc = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(proc), "this system has no /proc");
        try (FileChannel channel = FileChannel.open(proc, StandardOpenOption.READ)) {
            assertThatThrownBy(() -> channel.force(true)).isInstanceOf(IOException.class);
        }
        Disk disk = new Disk();
        assertThat(disk.errorOfSync(proc)).isEqualTo(Errno.EINVAL);
        assertThat(disk.errorOfSync(directory)).isZero();
        disk.forceDirectory(proc);
        disk.forceDirectory(directory);
    }

    /** A disk on which directories cannot be synced. */
    private static final class UnsyncedDisk extends Disk {
        private final String reason;
        private final int errno;

        UnsyncedDisk(String reason, int errno) {
            this.reason = reason;
            this.errno = errno;
        }

        @Override
        public int errorOfSync(Path directory) {
            return errno;
        }

        @Override
        public void force(Path path, FileChannel channel) throws IOException {
            if (Files.isDirectory(path)) {
                throw new IOException(reason);
            }
            super.force(path, channel);
        }
    }

    private static FilesStore storeAt(Path root, Disk disk) throws ConfigException {
        return new FilesStore(
                StoreContext.of("files", ConnectorConfig.of(Map.of("location", "files://" + root))), disk);
    }

    private static FilesStore storeAt(Path root) throws ConfigException {
        return withLocation("files://" + root);
    }

    private static FilesStore withLocation(String location) throws ConfigException {
        return new FilesStore(StoreContext.of("files", ConnectorConfig.of(Map.of("location", location))));
    }

    private static ObjectMac mac(int first) {
        byte[] bytes = new byte[ObjectMac.BYTES];
        bytes[0] = (byte) first;
        return ObjectMac.of(bytes);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream failing(IOException failure) {
        return new SequenceInputStream(text("half of it"), new ByteByByte(_ -> {
            throw failure;
        }));
    }

    private static InputStream pausing(CountDownLatch reached, CountDownLatch go) {
        return new SequenceInputStream(text("ab"), new ByteByByte(_ -> {
            reached.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }));
    }

    private String content(StorageResource resource, ObjectMac mac, @Nullable Range range) throws Exception {
        try (InputStream in = store.get(resource, mac, range)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root)).map(path -> root.relativize(path).toString()).toList();
        }
    }

    private List<String> temporaries() throws IOException {
        return names().stream().filter(name -> name.contains("tmp.")).toList();
    }

    private static String mode(Path path) throws IOException {
        return Integer.toOctalString((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
    }
}
