package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged integration in restricted environments. A tree goes into our store, is checked and comes back, all through the
 * real Plakar, or the user gets one sentence about what is forbidden.
 */
class SurroundingsTest {

    private static final String NO_ACCOUNT = "54321"; // a number without an account
    private static final String LAUNCHER = "kloset-files";
    private static final long MEMORY = 96L << 20;

    /** A directory outside /tmp, which some cases hide. */
    static final class Elsewhere implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext field, ExtensionContext test) throws IOException {
            return Files.createTempDirectory(Path.of("/var/tmp"), "kloset");
        }
    }

    @TempDir(factory = Elsewhere.class)
    private Path directory;

    private Path source;

    @BeforeEach
    void makeTree() throws IOException {
        source = TreeMaker.varied(directory.resolve("source"));
    }

    static Stream<Arguments> surroundings() {
        return Stream.of(Arguments.of("one processor", List.of("taskset", "--cpu-list", "0")),
                Arguments.of("64 descriptors", List.of("prlimit", "--nofile=64:64")),
                Arguments.of("another locale", List.of("env", "LC_ALL=C", "LANG=C")),
                Arguments.of("a locale that is not installed", List.of("env", "LC_ALL=tlh_QO.UTF-8")),
                Arguments.of("a narrow umask", shell("umask 077")),
                Arguments.of("no umask", shell("umask 000")),
                Arguments.of("4 GiB of address space", shell("ulimit -v 4194304")),
                Arguments.of("hardly an environment",
                        shell("unset PATH JAVA_HOME LC_ALL TMPDIR KLOSET_NO_START_CACHE")));
    }

    /** {@return environments for the plugins alone} Plakar itself waits forever where it cannot write a temporary file. */
    static Stream<Arguments> surroundingsOfThePlugins() {
        return Stream.of(Arguments.of("a full /tmp",
                temporary("mount -t tmpfs -o size=4k none /tmp && ! head -c 1M /dev/zero 2>&- >/tmp/full")),
                Arguments.of("a /tmp that executes nothing", temporary("mount -t tmpfs -o noexec none /tmp")),
                Arguments.of("a read-only /tmp", temporary("mount -t tmpfs -o ro none /tmp")),
                Arguments.of("an empty environment", List.of("env", "-i")));
    }

    /** {@return the beginning of a command line that runs a shell command, and then the remaining words} */
    private static List<String> shell(String line) {
        return List.of("sh", "-c", line + " && exec \"$@\"", "sh");
    }

    private static List<String> temporary(String line) {
        return mounts("export TMPDIR=/tmp && " + line);
    }

    private static List<String> mounts(String line) {
        return Stream
                .concat(Stream.of("unshare", "--mount"),
                        shell("mount --make-rprivate / && " + line).stream())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void aTreeIsBackedUpAndRestored(String name, List<String> command) throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            assertBacksUpAndRestores(plakar.within(command));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundingsOfThePlugins")
    void aTreeIsBackedUpAndRestoredByPluginsIn(String name, List<String> command) throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            plakar.holdPlugin(LAUNCHER, command);
            assertBacksUpAndRestores(plakar);
        }
    }

    @Test
    void theRootAndTheHomeDirectoryAreReadOnly() throws Exception {
        String line = "mount --bind \"%s\" \"%s\" && mount -o remount,bind,ro /".formatted(directory, directory);
        try (Plakar plakar = Plakar.withFiles(directory)) {
            assertBacksUpAndRestores(plakar.with("HOME", "/root").within(mounts(line)));
        }
    }

    @Test
    void thePathHasSpacesAndIsNotAscii() throws Exception {
        try (Plakar plakar = Plakar.withFiles(Files.createDirectories(directory.resolve("Größe der 日本語")))) {
            assertBacksUpAndRestores(plakar);
        }
    }

    /** Uses the kloset command, because Plakar itself refuses such a user. */
    @Test
    void theUserHasNoName() throws Exception {
        source = Files.createDirectories(directory.resolve("own"));
        Files.writeString(Files.createDirectory(source.resolve("sub")).resolve("a"), "content");
        Tree before = Tree.of(source);
        Path restored = directory.resolve("restored");
        Path checkout = Checkout.of(directory.resolve("checkout"), "files"); // ours may be closed to other users
        try (Plakar plakar = Plakar.withFiles(directory)) {
            TreeMaker.shell(directory, "chown -R %s:%s .".formatted(NO_ACCOUNT, NO_ACCOUNT));
            String copy = "KLOSET_NO_BUILD=1 exec setpriv --reuid %s --regid %s --clear-groups %s copy --plugin %s files://%s files://%s"
                    .formatted(NO_ACCOUNT, NO_ACCOUNT, checkout.resolve("kloset"),
                            plakar.installation().resolve(LAUNCHER), source, restored);
            Outcome outcome = plakar.shell(directory, copy).orFail();
            assertThat(outcome.out()).contains("0 errors");
        }
        before.assertSame(Tree.of(restored), Aspect.OWNER);
    }

    static Stream<Arguments> withoutTemporaryFiles() {
        return surroundingsOfThePlugins().filter(one -> one.get()[0].toString().endsWith(" /tmp"));
    }

    /** The plugins are copied too, because /tmp hides a checkout that is there. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutTemporaryFiles")
    void anOrdinaryUserCopiesATreeIn(String name, List<String> command) throws Exception {
        source = ordinaryTree();
        KlosetCopy copy = new KlosetCopy(Files.createDirectory(directory.resolve("copy"))).within(command).asNobody();
        assertCopies(copy);
    }

    @Test
    void anOrdinaryUserCopiesATreeWithoutAnyTmp() throws Exception {
        source = ordinaryTree();
        Path root = Files.createDirectory(directory.resolve("root"));
        String line = "mount --make-rprivate / && mount -t tmpfs none " + root
                + " && for i in /*; do case $i in /tmp) ;; *) "
                + "if test -L $i; then cp -P $i " + root + "; elif test -d $i; then mkdir " + root
                + "$i && mount --rbind $i " + root + "$i; fi ;; esac; done && exec chroot " + root + " \"$@\"";
        List<String> command = List.of("unshare", "--mount", "sh", "-c", line, "sh");
        assertCopies(new KlosetCopy(Files.createDirectory(directory.resolve("copy"))).within(command).asNobody());
    }

    private Path ordinaryTree() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("own/sub"));
        Files.writeString(tree.resolve("a"), "content");
        return directory.resolve("own");
    }

    private void assertCopies(KlosetCopy copy) throws Exception {
        Path restored = directory.resolve("restored");
        TreeMaker.shell(directory, "chown -R 65534:65534 .");
        Tree before = Tree.of(source);
        Outcome outcome = copy.ok(source, restored);
        assertThat(outcome.text()).contains("; 0 errors");
        before.assertSame(Tree.of(restored));
    }

    /** The kernel would silently kill a Java whose heap and other memory together exceed the limit. */
    @Test
    void theHeapIsHalfOfTheMemoryOfItsContainer() throws Exception {
        try (ControlGroups groups = ControlGroups.ofMemory(MEMORY); Plakar plakar = Plakar.withFiles(directory)) {
            String about = plakar.installation().resolve(LAUNCHER) + " about";
            plakar.holdPlugin(LAUNCHER, groups.command());
            plakar.with("KLOSET_JAVA_OPTS", "-XX:+PrintFlagsFinal");
            assertThat(plakar.shell(directory, about).text()).containsPattern(" MaxHeapSize += " + MEMORY / 2 + " ");
        }
    }

    @Test
    void aPluginMayHave96MebibytesOfMemory() throws Exception {
        try (ControlGroups groups = ControlGroups.ofMemory(MEMORY); Plakar plakar = Plakar.withFiles(directory)) {
            plakar.holdPlugin(LAUNCHER, groups.command());
            assertBacksUpAndRestores(plakar);
            assertThat(groups.greatest("memory.max_usage_in_bytes")).isBetween(MEMORY / 4, MEMORY);
        }
    }

    @Test
    void theHostIsStoppedForAMinute() throws Exception {
        TreeMaker.in(source).file("a large file", 200_000_000);
        Path store = directory.resolve("store");
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("files://" + store).create();
            RunningCommand backup = repository.start("backup", "files://" + source);
            Await.until("the backup was begun", Plakar.PATIENCE, () -> plakar.watch().hasOpen(source));
            backup.signal("STOP");
            Thread.sleep(Duration.ofMinutes(1)); // not a wait for an event: the long stop is what this case tests
            backup.signal("CONT");
            backup.end(Plakar.PATIENCE).orFail();
            repository.ok("check", repository.snapshotIds().getFirst());
        }
    }

    @Test
    void tooSmallAnAddressSpaceIsNamed() throws Exception {
        assertThat(failure(shell("ulimit -v 1048576"))).contains("Could not allocate compressed class space");
    }

    @Test
    void tooSmallANumberOfThreadsIsNamed() throws Exception {
        try (ControlGroups groups = ControlGroups.ofThreads(12)) {
            assertThat(failure(groups.command())).contains("the system refuses another thread, so the plugin ends");
        }
    }

    /** As the service manager does with MemoryDenyWriteExecute. */
    @Test
    void memoryThatCannotBeMadeExecutableIsNamed() throws Exception {
        String deny = "syscall(157, 65, 1, 0, 0, 0) == 0 or exit 99; exec @ARGV"; // PR_SET_MDWE
        assumeTrue(new ProcessBuilder("perl", "-e", deny, "true").start().waitFor() == 0,
                "needs prctl(PR_SET_MDWE): Linux 6.3 or newer on x86-64");
        assertThat(failure(List.of("perl", "-e", deny))).contains("Failed to mark memory page as executable");
    }

    /** {@return the message for the user of a backup that fails} */
    private String failure(List<String> command) throws Exception {
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Repository repository = plakar.at("fs://" + directory.resolve("repository")).create();
            plakar.holdPlugin(LAUNCHER, command);
            Outcome outcome = repository.run("backup", "files://" + source);
            assertThat(outcome.exit()).as(outcome.toString()).isNotZero();
            return outcome.text();
        }
    }

    private void assertBacksUpAndRestores(Plakar plakar) throws Exception {
        Tree before = Tree.of(source);
        Path restored = directory.resolve("restored");
        Snapshot snapshot = plakar.at("files://" + directory.resolve("store")).create().backup("files://" + source);
        assertThat(snapshot.count("Errors")).isZero();
        snapshot.check();
        snapshot.restore("files://" + restored);
        before.assertSame(Tree.of(restored));
    }
}
