package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.StorageResource;
import dev.kloset.StoreContext;
import dev.kloset.exclude.Excludes;
import dev.kloset.files.Said;
import dev.kloset.files.source.SourceTree;
import dev.kloset.files.store.FilesStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a walk leaves out, and that it says so. */
class WalkRulesTest {

    private static final boolean ONE_FILE_SYSTEM = true;
    private static final boolean INTO_REPOSITORIES = true;

    @TempDir
    Path root;

    private final Said said = new Said();

    private WalkCollector walk(Path start, boolean oneFileSystem, boolean intoRepositories, String... excludes)
            throws IOException, InterruptedException {
        WalkCollector found = new WalkCollector();
        Options options = Options.builder().cwd("/").build();
        WalkRoot place = WalkRoot.of(ConnectorContext.of("files",
                ConnectorConfig.of(Map.of("location", "files://" + start)), options));
        WalkRules rules = new WalkRules(Excludes.of(List.of(excludes)), oneFileSystem, intoRepositories, said);
        try (SourceTree tree = SourceTree.open(place.start())) {
            new Walk(place, tree, rules, found, true, 2, said).run();
        }
        return found;
    }

    private static void makeRepository(Path at) throws Exception {
        try (FilesStore store = new FilesStore(
                StoreContext.of("files", ConnectorConfig.of(Map.of("location", "files://" + at))))) {
            store.create(new byte[]{ 1 });
            store.put(StorageResource.PACKFILE, ObjectMac.fromHex("ab".repeat(32)),
                    new ByteArrayInputStream(new byte[]{ 2 }));
        }
    }

    @Test
    void aRepositoryInTheSourceIsLeftOutUnlessTheUserAsksForIt() throws Exception {
        Path repository = root.resolve("backups/repository");
        makeRepository(repository);
        Files.writeString(root.resolve("f"), "x");

        assertThat(walk(root, false, false).pathsBelow(root)).containsExactly("backups", "backups/repository", "f");
        assertThat(said.lines()).singleElement()
                .asString()
                .startsWith("nothing in " + repository + " is backed up: it is a Kloset repository")
                .contains("include_repositories=true");

        String packfile = "backups/repository/packfiles/ab/" + "ab".repeat(32);
        assertThat(walk(root, false, INTO_REPOSITORIES).pathsBelow(root)).contains(packfile);
        assertThat(walk(repository, false, false).paths()).contains(root.resolve(packfile).toString());
        assertThat(said.lines()).hasSize(1);
    }

    @Test
    void aDirectoryThatOnlyResemblesARepositoryIsBackedUp() throws Exception {
        for (String name : List.of("packfiles", "states", "locks")) {
            Files.createDirectories(root.resolve("almost").resolve(name));
        }
        Files.writeString(root.resolve("almost/config"), "of another program");
        assertThat(walk(root, false, false).pathsBelow(root)).contains("almost/config", "almost/states");
        assertThat(said.lines()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void viewsOfTheKernelAreNamedAndNotEntered() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")) && Files.isDirectory(Path.of("/sys/kernel")));
        WalkCollector found = walk(Path.of("/"), false, false, "/*", "!/proc", "!/sys");
        assertThat(found.paths()).containsExactly("/", "/proc", "/sys");
        assertThat(found.errors()).isEmpty();
        assertThat(said.lines()).containsExactlyInAnyOrder(
                "nothing in /proc is backed up: it is a proc file system, a view of the kernel without files",
                "nothing in /sys is backed up: it is a sysfs file system, a view of the kernel without files",
                "2 directories were backed up without their contents; a line above names each");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aViewOfTheKernelIsEnteredIfTheUserNamesIt() throws Exception {
        Path self = Path.of("/proc/sys/kernel/random");
        assumeTrue(Files.isDirectory(self));
        assertThat(walk(self, false, false).paths()).contains(self + "/boot_id");
        assertThat(said.lines()).isEmpty();
    }

    @Test
    void eachBoundaryThatIsNotCrossedIsNamedAndAllAreCounted() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isDirectory(memory) && !Files.getAttribute(memory, "unix:dev")
                .equals(Files.getAttribute(Path.of("/dev"), "unix:dev")));
        walk(Path.of("/dev"), ONE_FILE_SYSTEM, false);
        assertThat(said.lines()).contains("nothing in /dev/shm is backed up: another file system or subvolume begins"
                + " there (dont_traverse_fs is set)");
        long named = said.lines().stream().filter(line -> line.startsWith("nothing in ")).count();
        assertThat(said.lines().getLast()).isEqualTo(named > 1
                ? named + " directories were backed up without their contents; a line above names each"
                : "nothing in /dev/shm is backed up: another file system or subvolume begins there"
                        + " (dont_traverse_fs is set)");
    }
}
