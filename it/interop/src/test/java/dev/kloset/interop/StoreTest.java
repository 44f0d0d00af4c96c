package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository in our store, and the same directory in Plakar's own store. */
class StoreTest {

    @TempDir
    Path directory;

    private Path source;
    private Path store;

    @BeforeEach
    void makeTree() throws IOException {
        source = TreeMaker.varied(directory.resolve("source"));
        store = directory.resolve("store");
    }

    @Test
    void aRepositoryInOurStoreRestoresWhatWasBackedUp() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            Snapshot snapshot = repository.backup("files://" + source);
            snapshot.check();
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void eachStoreOpensTheDirectoryOfTheOther() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository ours = plakar.at("files://" + store).create();
            Repository builtIn = plakar.at("fs://" + store);
            String first = ours.backup("files://" + source).id();
            String second = builtIn.backup("files://" + source).id();

            assertThat(ours.snapshotIds()).containsExactlyInAnyOrder(first, second);
            new Snapshot(builtIn, first, ours.ok("version")).restore("files://" + directory.resolve("by built-in"));
            new Snapshot(ours, second, ours.ok("version")).restore("files://" + directory.resolve("by ours"));
            builtIn.ok("check");
            ours.ok("check");
        }
        before.assertSame(Tree.of(directory.resolve("by built-in")));
        before.assertSame(Tree.of(directory.resolve("by ours")));
    }

    @Test
    void theDirectoryHasTheLayoutOfTheBuiltInStore() throws Exception {
        Path theirs = directory.resolve("their store");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            plakar.at("files://" + store).create();
            plakar.at("fs://" + theirs).create();
            plakar.at("files://" + store).backup("files://" + source);
        }
        Tree made = Tree.of(store);
        Tree expected = Tree.of(theirs);
        for (String path : expected.paths()) {
            assertThat(made.paths()).contains(path);
            if (!path.isEmpty()) {
                assertThat(made.node(path).mode()).as(path).isEqualTo(expected.node(path).mode());
            }
        }
        assertThat(objects("packfiles")).isNotEmpty().allMatch(name -> name.matches("packfiles/(..)/\\1[0-9a-f]{62}"));
        assertThat(objects("states")).isNotEmpty().allMatch(name -> name.matches("states/(..)/\\1[0-9a-f]{62}"));
    }

    @Test
    void aSecondRepositoryIsNotMadeOverTheFirst() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            byte[] config = Files.readAllBytes(store.resolve("CONFIG"));

            Outcome outcome = repository.run("create", "-plaintext");

            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains(store.toString());
            assertThat(Files.readAllBytes(store.resolve("CONFIG"))).isEqualTo(config);
        }
    }

    @Test
    void aMissingRepositoryIsReportedWithASentence() throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Outcome outcome = plakar.at("files://" + store).run("ls");
            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("failed to open the repository at files://" + store)
                    .doesNotContain("Exception", "rpc error");
        }
    }

    @Test
    void maintenanceRemovesThePackfilesOfPrunedSnapshots() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            Path other = directory.resolve("other");
            // More than a packfile, because one that is shared with the other snapshot would stay.
            TreeMaker.in(other).file("to be forgotten", 140_000_000);
            repository.backup("files://" + other);
            Snapshot kept = repository.backup("files://" + source);
            List<String> packfiles = objects("packfiles");

            repository.ok("prune", "-apply", "-per-day", "1", "-days", "1");
            assertThat(repository.snapshotIds()).containsExactly(kept.id());
            removeStaleLocks(store);
            plakar.with("PLAKAR_GRACEPERIOD", "0s");
            Outcome colour = repository.ok("maintenance");
            removeStaleLocks(store);
            Outcome sweep = repository.ok("maintenance");

            assertThat(colour.out()).containsPattern("Coloured [1-9]\\d* packfiles");
            assertThat(sweep.out()).containsPattern("and [1-9]\\d* packfiles were removed");
            assertThat(objects("packfiles")).isNotEmpty();
            assertThat(packfiles).anyMatch(packfile -> Files.notExists(store.resolve(packfile)));
            kept.check();
            kept.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void maintenanceRefusesARepositoryWhileABackupHoldsItsLock() throws Exception {
        TreeMaker.in(source).sparse("long", 8L << 30);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            RunningCommand backup = repository.start("backup", "files://" + source);
            Await.until("the backup holds a lock", Plakar.PATIENCE, () -> !objects("locks").isEmpty());

            Outcome outcome = repository.run("maintenance");

            assertThat(outcome.exit()).isNotZero();
            assertThat(outcome.text()).contains("Can't take exclusive lock, repository is already locked");
            assertThat(objects("locks")).hasSize(1);
            backup.signal("INT");
            backup.end(Duration.ofMinutes(2));
        }
    }

    @Test
    void snapshotsTravelToABuiltInStoreAndBack() throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository ours = plakar.at("files://" + store).create();
            Repository builtIn = plakar.at("fs://" + directory.resolve("built-in")).create();
            Repository again = plakar.at("files://" + directory.resolve("again")).create();
            ours.backup("files://" + source);

            ours.ok("sync", "to", builtIn.location());
            again.ok("sync", "from", builtIn.location());

            assertThat(again.snapshotIds()).hasSize(1);
            again.ok("check");
            again.ok("restore", "-to", "files://" + directory.resolve("restored"), again.snapshotIds().getFirst());
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    /** Remove stale locks: Plakar deletes the lock of a backup in the background, and usually ends before that is done. */
    static void removeStaleLocks(Path store) throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(store.resolve("locks"))) {
            for (Path lock : locks) {
                Files.delete(lock);
            }
        }
    }

    private List<String> objects(String below) throws IOException {
        try (Stream<Path> all = Files.walk(store.resolve(below))) {
            return all.filter(Files::isRegularFile).map(file -> store.relativize(file).toString()).toList();
        }
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> all = Files.walk(store)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("CONFIG") && !file.getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList();
        }
    }
}
