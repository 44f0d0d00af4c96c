package dev.kloset.files.restore;

import static dev.kloset.files.restore.RestoreScript.info;
import static dev.kloset.files.restore.RestoreScript.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.files.ChildJvm;
import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A restore that keeps one directory open: all others are opened again, whatever another process has put in their place. */
final class RestoreReopenedTest extends RestoreAnchoredTest {

    private static final String REPLACED = "is no longer the directory in which this restore worked";

    @Override
    public RestoreTree openTree(Path start) throws IOException {
        return RestoreTree.open(start, calls(), 1);
    }

    /** What another process does. */
    private interface Deed {
        void run() throws IOException;
    }

    /** Go down to {@code /a/b/c}, have {@code deed} done when {@code /a} and {@code /a/b} are closed, and come back to them. */
    private void goDownAndComeBack(Deed deed) throws Exception {
        script.directory("/a", 0755)
                .directory("/a/b", 0755)
                .directory("/a/b/c", 0755)
                .file(info("/f"), "/a/b/c/f", () -> {
                    deed.run();
                    return text("deep");
                })
                .file("/a/b/new", "new")
                .symlink("/a/b/link", "new")
                .directory("/a/b/precious", 0755);
        restore();
    }

    @Test
    void aDirectoryThatIsInItsPlaceIsEnteredAgain() throws Exception {
        goDownAndComeBack(() -> {
            Files.move(root.resolve("a"), root.resolve("moved"));
            Files.move(root.resolve("moved"), root.resolve("a"));
        });
        assertThat(script.errors()).isEmpty();
        assertThat(tree()).containsExactly("a", "a/b", "a/b/c", "a/b/c/f", "a/b/link", "a/b/new", "a/b/precious");
        assertThat(time("a/b")).isEqualTo(RestoreScript.TIME);
    }

    private void assertNothingElseWasRestored(String name) throws IOException {
        for (String path : List.of("/a/b/new", "/a/b/link", "/a/b/precious", "/a/b")) {
            assertThat(script.result(path))
                    .isEqualTo("cannot restore " + path + ": \"" + name + "\" " + REPLACED);
        }
        assertThat(script.result("/a/b/c")).isEqualTo("ok");
        assertOutsideIsUntouched();
    }

    @Test
    void aDirectoryThatHasBecomeALinkIsNotEnteredAgain() throws Exception {
        goDownAndComeBack(() -> {
            Files.move(root.resolve("a/b"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("a/b"), outside);
        });
        assertNothingElseWasRestored("/a/b");
        assertThat(script.result("/a")).isEqualTo("ok");
        assertThat(tree()).containsExactly("a", "a/b", "moved", "moved/c", "moved/c/f");
    }

    @Test
    void aDirectoryInThePlaceOfAnotherIsNotEntered() throws Exception {
        goDownAndComeBack(() -> {
            Files.move(root.resolve("a/b"), root.resolve("moved"));
            Files.createDirectory(root.resolve("a/b"));
        });
        assertNothingElseWasRestored("/a/b");
        assertThat(tree()).containsExactly("a", "a/b", "moved", "moved/c", "moved/c/f");
    }

    @Test
    void theSameDirectoryBelowAnotherIsNotEntered() throws Exception {
        goDownAndComeBack(() -> {
            Files.move(root.resolve("a"), root.resolve("moved"));
            Files.createDirectory(root.resolve("a"));
            Files.move(root.resolve("moved/b"), root.resolve("a/b"));
        });
        assertNothingElseWasRestored("/a");
        assertThat(script.result("/a")).contains(REPLACED);
        assertThat(tree()).containsExactly("a", "a/b", "a/b/c", "a/b/c/f", "moved");
    }

    @Test
    void aDirectoryThatIsGoneIsNotMadeAgain() throws Exception {
        goDownAndComeBack(() -> Files.move(root.resolve("a/b"), root.resolve("moved")));
        assertNothingElseWasRestored("/a/b");
        assertThat(tree()).containsExactly("a", "moved", "moved/c", "moved/c/f");
    }

    /** Two directories are swapped for links and back all the time. */
    @Test
    void anAttackerWhoSwapsDirectoriesForLinksGainsNothing() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger swaps = new AtomicInteger();
        Thread attacker = Thread.ofPlatform().start(() -> {
            for (int i = 0; !end.get(); i++) {
                swaps.addAndGet(swap("d", "hidden" + i));
                swaps.addAndGet(swap("d/d", "below" + i));
            }
        });
        try {
            for (int round = 0; round < 100; round++) {
                restoreUnderAttack();
                assertOutsideIsUntouched();
            }
        } finally {
            end.set(true);
            attacker.join();
        }
        assertThat(swaps.get()).isPositive();
    }

    private void restoreUnderAttack() throws Exception {
        script = new RestoreScript();
        script.directory("/d", 0700).directory("/d/d", 0700);
        for (int i = 0; i < 5; i++) {
            script.directory("/d/d/c" + i, 0777).file("/d/d/precious", "evil").symlink("/d/precious", "evil");
        }
        restore();
        assertThat(script.resultCount()).isEqualTo(17);
    }

    private int swap(String directory, String hidden) {
        try {
            Files.move(root.resolve(directory), root.resolve(hidden));
            Files.createSymbolicLink(root.resolve(directory), outside);
            Files.deleteIfExists(root.resolve(directory));
            Files.move(root.resolve(hidden), root.resolve(directory));
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aDirectoryIsFinishedThoughTheOneAboveIsClosedToUsMeanwhile() throws Exception {
        // Root without any capability is kept out by modes too.
        List<String> wrapper = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of();
        try (ChildJvm child = ChildJvm.start(wrapper, SlowDisk.class, root.toString())) {
            assertThat(child.lines()).containsExactly("errors: {}");
        }
        assertThat(modes("a")).containsExactly("40000");
        Files.setAttribute(root.resolve("a"), "unix:mode", 0700);
        assertThat(modes("a/b", "a/b/f")).containsExactly("40555", "100644");
        assertThat(time("a/b")).isEqualTo(RestoreScript.TIME);
    }

    /** A process in which a file is on the disk only when the directory above its own has its mode. */
    static final class SlowDisk {
        public static void main(String[] args) throws Exception {
            RestoreScript script = new RestoreScript();
            script.directory("/a", 0).directory("/a/b", 0555).file("/a/b/f", "x").file("/z", "z");
            Disk disk = new Disk() {
                @Override
                public void force(Path path, FileChannel channel) throws IOException {
                    if (path.endsWith("f")) {
                        script.await("/a");
                    }
                    super.force(path, channel);
                }
            };
            RestoreTree tree = RestoreTree.open(Path.of(args[0]), Objects.requireNonNull(RestoreNative.instance()), 1);
            try (RestoreRun run = new RestoreRun(tree,
                    new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                    new RestoredFiles(false), script, 4, disk)) {
                run.restore(script);
            }
            ChildJvm.report("errors: " + script.errors());
        }
    }
}
