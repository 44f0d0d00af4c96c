package dev.kloset.files.restore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.files.ChildJvm;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.WalkName;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed and what is not, whatever another process does meanwhile. The other process acts when the guard is called. */
final class DirectoryRemovalTest {

    private static final String BEGINNING = "a directory that is not empty is in its place; ";

    @TempDir
    Path base;

    private Path root;
    private Path outside;

    @BeforeEach
    void makeDirectories() throws IOException {
        root = Files.createDirectory(base.resolve("root"));
        outside = base.resolve("outside");
        Files.createDirectories(outside.resolve("below"));
        Files.writeString(outside.resolve("precious"), "precious");
        Files.writeString(outside.resolve("below/precious"), "precious");
    }

    private void remove(DirectoryRemoval.Guard guard, int mostOpen) throws IOException {
        remove(root, guard, mostOpen);
    }

    private static void remove(Path root, DirectoryRemoval.Guard guard, int mostOpen) throws IOException {
        RestoreNative calls = Objects.requireNonNull(RestoreNative.instance(), "this system has no such calls");
        SourceCalls reading = Objects.requireNonNull(SourceCalls.instance(), "this system has no such calls");
        try (RestoreDirectory parent = RestoreAnchoredDirectory.open(calls, root)) {
            int descriptor = parent.node().descriptor();
            DirectoryRemoval.remove(calls, reading, descriptor, "d", guard, mostOpen);
        }
    }

    private static void allow(FileIdentity entry) {}

    private void assertOutsideIsUntouched() {
        assertThat(outside.resolve("precious")).hasContent("precious");
        assertThat(outside.resolve("below/precious")).hasContent("precious");
    }

    private Path file(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "old");
    }

    @Test
    void theDirectoryAndNothingOutsideItIsRemoved() throws Exception {
        file("d/a/b/c/x");
        file("d/a/y");
        file("beside");
        Files.createDirectories(root.resolve("d/empty/er"));
        Files.createSymbolicLink(root.resolve("d/link"), outside);
        Files.createSymbolicLink(root.resolve("d/a/link"), outside.resolve("precious"));
        Files.createLink(root.resolve("d/hard"), outside.resolve("precious"));
        Files.createFile(WalkName.path(QuotedName.bytes(root + "/d/caf\u201BE9")));
        assertThat(new ProcessBuilder("mkfifo", root + "/d/pipe").start().waitFor()).isZero();
        remove(DirectoryRemovalTest::allow, 32);
        assertThat(root).isDirectoryContaining("glob:**/beside").isDirectoryNotContaining("glob:**/d");
        assertOutsideIsUntouched();
    }

    @Test
    void aDeepTreeTakesFewOpenFiles() throws Exception {
        Path deepest = root.resolve("d");
        for (int depth = 0; depth < 400; depth++) {
            deepest = deepest.resolve("e");
        }
        Files.createDirectories(deepest);
        for (Path at = deepest; !at.equals(root); at = Objects.requireNonNull(at.getParent())) {
            Files.writeString(at.resolve("file"), "old");
            Files.createDirectory(at.resolve("z"));
        }
        int before = openFiles();
        AtomicInteger most = new AtomicInteger();
        remove(_ -> most.accumulateAndGet(openFiles(), Math::max), 3);
        assertThat(root).isEmptyDirectory();
        assertThat(most.get() - before).isLessThan(10);
        assertThat(openFiles()).isEqualTo(before);
    }

    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    @Test
    void aDirectoryThatBecomesALinkIsNotLeftThroughIt() throws Exception {
        file("d/a/b/precious");
        Files.createDirectory(root.resolve("d/a/b/below"));
        Files.writeString(root.resolve("d/a/b/below/precious"), "old");
        AtomicBoolean swapped = new AtomicBoolean();
        // The first entry of d/a/b for which the guard is called is in an open directory, which has now been moved.
        FileIdentity inside = FileIdentity.of(root.resolve("d/a/b/precious"));
        FileIdentity below = FileIdentity.of(root.resolve("d/a/b/below"));
        assertThatThrownBy(() -> remove(entry -> {
            if ((entry.equals(inside) || entry.equals(below)) && !swapped.getAndSet(true)) {
                Files.move(root.resolve("d/a"), root.resolve("d/moved"));
                Files.createDirectory(root.resolve("d/a"));
                Files.createSymbolicLink(root.resolve("d/a/b"), outside);
            }
        }, 1)).isInstanceOf(DirectoryRemoval.UnfinishedException.class);
        assertThat(swapped).isTrue();
        assertOutsideIsUntouched();
    }

    @Test
    void aDirectoryThatBecomesALinkBeforeItIsEnteredIsNotEntered() throws Exception {
        file("d/a/precious");
        FileIdentity directory = FileIdentity.of(root.resolve("d/a"));
        remove(entry -> {
            if (entry.equals(directory)) {
                Files.move(root.resolve("d/a"), root.resolve("moved"));
                Files.createSymbolicLink(root.resolve("d/a"), outside);
            }
        }, 32);
        // The link itself was in the directory.
        assertThat(root.resolve("d")).doesNotExist();
        assertThat(root.resolve("moved/precious")).hasContent("old");
        assertOutsideIsUntouched();
    }

    /** Another process swaps two directories for links and back all the time. */
    @Test
    void anAttackerWhoSwapsDirectoriesForLinksLosesOnlyTheirContent() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger swaps = new AtomicInteger();
        Thread attacker = Thread.ofPlatform().start(() -> {
            for (int i = 0; !end.get(); i++) {
                swaps.addAndGet(swap(root.resolve("d/a"), base.resolve("a" + i), outside));
                swaps.addAndGet(swap(root.resolve("d/a/below"), base.resolve("b" + i), outside.resolve("below")));
            }
        });
        try {
            for (int round = 0; round < 300; round++) {
                removeUnderAttack(round);
                assertOutsideIsUntouched();
            }
        } finally {
            end.set(true);
            attacker.join();
        }
        assertThat(swaps.get()).isPositive();
    }

    private void removeUnderAttack(int round) throws IOException {
        for (String name : List.of("a/precious", "a/below/precious", "z/a/precious", "x", "y")) {
            file("new/" + name);
        }
        Files.move(root.resolve("new"), root.resolve("d"));
        try {
            remove(DirectoryRemovalTest::allow, 1);
        } catch (DirectoryRemoval.UnfinishedException e) {
            assertThat(e).hasMessageStartingWith(BEGINNING);
            Files.move(root.resolve("d"), base.resolve("left" + round));
        }
    }

    private static int swap(Path directory, Path hidden, Path target) {
        try {
            Files.move(directory, hidden);
            Files.createSymbolicLink(directory, target);
            Files.deleteIfExists(directory);
            Files.move(hidden, directory);
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void anEntryThatMustStayEndsItAndTheSentenceSaysWhatIsLeft() throws Exception {
        file("d/a/b/mine");
        FileIdentity mine = FileIdentity.of(root.resolve("d/a/b/mine"));
        DirectoryRemoval.Guard guard = entry -> {
            if (entry.equals(mine)) {
                throw new IOException("it must stay");
            }
        };
        assertThatThrownBy(() -> remove(guard, 32))
                .hasMessage(BEGINNING + "nothing was removed, because \"a/b/mine\" in it could not be removed: "
                        + "it must stay");
        assertThat(root.resolve("d/a/b/mine")).hasContent("old");
        Files.createDirectories(root.resolve("d/a/b/c"));
        file("d/a/b/f");
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> remove(entry -> {
            if (seen.incrementAndGet() == 6) {
                throw new IOException("it must stay");
            }
        }, 32)).hasMessageMatching(
                BEGINNING + "only a part was removed, 2 entries, because \"a/b/(mine|c|f)\" in it could "
                        + "not be removed: it must stay");
        try (Stream<Path> left = Files.list(root.resolve("d/a/b"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aDirectoryThatIsFilledAllTheTimeEndsIt() throws Exception {
        file("d/a/0");
        FileIdentity directory = FileIdentity.of(root.resolve("d"));
        FileIdentity inside = FileIdentity.of(root.resolve("d/a"));
        AtomicInteger number = new AtomicInteger();
        assertThatThrownBy(() -> remove(entry -> {
            if (!entry.equals(directory) && !entry.equals(inside)) {
                file("d/" + number.incrementAndGet() + "/x");
            }
        }, 32)).isInstanceOf(DirectoryRemoval.UnfinishedException.class)
                .hasMessageEndingWith("because it could not be removed: another process fills it while it is emptied");
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        file("d/a/b");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> remove(DirectoryRemovalTest::allow, 32))
                .isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(root.resolve("d/a/b")).hasContent("old");
    }

    @Test
    void nothingIsRemovedFromMountedFileSystems() throws Exception {
        file("d/same/precious");
        Files.createDirectories(root.resolve("d/bound"));
        Files.createDirectories(root.resolve("d/other"));
        String mounts = "mount --bind \"$1/outside\" \"$1/root/d/bound\" && mount -t tmpfs none \"$1/root/d/other\""
                + " && touch \"$1/root/d/other/x\" && shift && exec \"$@\"";
        List<String> wrapper = List.of("unshare", "--mount", "sh", "-c", mounts, "sh", base.toString());
        try (ChildJvm child = ChildJvm.start(wrapper, RemovalWithMounts.class, root.toString())) {
            List<String> lines = child.lines();
            Assumptions.assumeTrue(!lines.isEmpty(), "mounting takes rights that this user does not have");
            assertThat(lines).singleElement()
                    .asString()
                    .startsWith(BEGINNING)
                    .endsWith("in it could not be removed: something is mounted there, or it is in use");
        }
        assertOutsideIsUntouched();
    }

    /** A process that can see its mounts. */
    static final class RemovalWithMounts {
        public static void main(String[] args) throws Exception {
            try {
                remove(Path.of(args[0]), DirectoryRemovalTest::allow, 32);
                ChildJvm.report("all was removed");
            } catch (IOException e) {
                ChildJvm.report(Objects.requireNonNull(e.getMessage()));
            }
        }
    }

    @Test
    void anOrdinaryUserRemovesTheirOwnReadOnlyDirectories() throws Exception {
        file("d/a/b/x");
        for (String path : List.of("d/a/b", "d/a", "d")) {
            Files.setAttribute(root.resolve(path), "unix:mode", path.equals("d") ? 0 : 0555);
        }
        // Without capabilities, modes restrict even root.
        List<String> wrapper = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of();
        try (ChildJvm child = ChildJvm.start(wrapper, RemovalWithMounts.class, root.toString())) {
            assertThat(child.lines()).containsExactly("all was removed");
        }
        assertThat(root).isEmptyDirectory();
    }
}
