package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.sdk.ChildJava.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A start-up cache is code: the launcher uses none that another user could have written, changed or replaced. That user is
 * {@value #OTHER} here, so most of this needs root.
 */
class PoisonedCacheTest {

    private static final int OTHER = 54_321;

    @TempDir
    Path temporary;

    private LauncherImage image;
    private Path base;
    private final Map<String, String> environment = LauncherImage.environment();

    @BeforeEach
    void install() throws IOException {
        image = LauncherImage.create(temporary.resolve("image"));
        base = temporary.resolve("cache");
        environment.put("XDG_CACHE_HOME", base.toString());
    }

    /** {@return the cache that the launcher has made for this user} */
    private Path made() throws IOException, InterruptedException {
        assertThat(about("/bin/sh").errors()).isEmpty();
        Path entry = UserCache.below(base).awaitEntry();
        assertThat(usesCache("/bin/sh")).as("an untouched cache is used").isTrue();
        return entry;
    }

    private Outcome about(String... shell) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(List.of(shell).subList(1, shell.length));
        rest.addAll(List.of(image.launcher.toString(), "about"));
        try (ChildJava child = ChildJava.start(temporary, environment, Path.of(shell[0]),
                rest.toArray(String[]::new))) {
            return child.end();
        }
    }

    /** Whether the JVM got a cache, and took classes from it. */
    private boolean usesCache(String... shell) throws IOException, InterruptedException {
        Path log = temporary.resolve("classes.log");
        environment.put("KLOSET_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Outcome outcome = about(shell);
        environment.remove("KLOSET_JAVA_OPTS");
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        assertThat(outcome.output()).startsWith("sample v1.2.0, a plugin for Plakar");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.contains("dev.kloset") && line.contains("shared objects file"));
        }
    }

    private void assertLeftOut(String because) throws IOException, InterruptedException {
        assertThat(usesCache("/bin/sh")).isFalse();
        assertThat(about("/bin/sh").errors()).isEqualTo(because.isEmpty()
                ? ""
                : SamplePlugin.class.getName() + ": no start-up cache, because " + because
                        + ": set XDG_CACHE_HOME to a directory that is yours alone, or KLOSET_NO_START_CACHE=1\n");
    }

    private static void give(Path file, int user) throws IOException {
        Files.setAttribute(file, "unix:uid", user);
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static void assumeRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make files of another user");
    }

    @ParameterizedTest
    @ValueSource(strings = { "rwxrwxr-x", "rwxr-xrwx", "rwxrwxrwx" })
    void aBaseThatOthersMayWriteToIsLeftAlone(String permissions) throws Exception {
        Path entry = made();
        permit(base, permissions);
        assertLeftOut("others may write to " + base);
        permit(base, "rwxr-xr-x");
        for (Path path : List.of(entry, entry.getParent(), entry.resolve("plugin.aot"))) {
            permit(path, permissions);
            assertLeftOut("others may write to " + path);
            permit(path, "rwx------");
        }
        assertThat(usesCache("/bin/sh")).isTrue();
    }

    @Test
    void aLinkOnTheWayIsNotFollowed() throws Exception {
        Path entry = made();
        for (Path path : List.of(entry.resolve("plugin.aot"), entry, entry.getParent(), base)) {
            Path elsewhere = Files.move(path, temporary.resolve("elsewhere"));
            Files.createSymbolicLink(path, elsewhere);
            assertLeftOut(path + " is a symbolic link");
            Files.delete(path);
            Files.move(elsewhere, path);
        }
        assertThat(usesCache("/bin/sh")).isTrue();
    }

    @Test
    void aCacheThatAnotherUserHasPutThereIsNotUsed() throws Exception {
        assumeRoot();
        Path entry = made();
        // A file of root's to which any user may link vouches for nothing.
        Path vouching = Files.move(entry.resolve("made-for"), temporary.resolve("of root"));
        Files.createSymbolicLink(entry.resolve("made-for"), vouching);
        for (Path path : List.of(entry.resolve("plugin.aot"), entry, entry.getParent())) {
            give(path, OTHER);
            assertLeftOut(path + " belongs to another user");
            give(path, 0);
        }
    }

    @Test
    void aBaseOfAnotherUserIsLeftAloneWithoutAWord() throws Exception {
        assumeRoot();
        Path entry = made();
        give(base, OTHER);
        assertLeftOut("");
        give(base, 0);
        give(temporary, OTHER);
        try {
            assertLeftOut("");
        } finally {
            give(temporary, 0);
        }
        Files.move(base, temporary.resolve("old"));
        Files.createDirectory(base);
        give(base, OTHER);
        assertLeftOut("");
        try (Stream<Path> all = Files.list(base)) {
            assertThat(all).as("nothing is made there").isEmpty();
        }
        assertThat(entry).doesNotExist();
    }

    @Test
    void anOrdinaryUserHasACacheInADirectoryForAll() throws Exception {
        assumeRoot();
        String[] asOther = { "/usr/bin/setpriv", "--reuid", "" + OTHER, "--regid", "" + OTHER, "--clear-groups" };
        assumeTrue(Files.isExecutable(Path.of(asOther[0])), "setpriv is not installed");
        permit(temporary, "rwxr-xr-x");
        Path forAll = Files.createDirectory(temporary.resolve("for all"));
        Files.setAttribute(forAll, "unix:mode", 01777);
        environment.put("XDG_CACHE_HOME", forAll.resolve("mine").toString());
        Files.writeString(temporary.resolve("classes.log"), "");
        give(temporary.resolve("classes.log"), OTHER);
        assertThat(about(asOther).errors()).isEmpty();
        Path entry = UserCache.below(forAll.resolve("mine")).awaitEntry();
        assertThat((int) Files.getAttribute(entry, "unix:uid")).isEqualTo(OTHER);
        assertThat(usesCache(asOther)).isTrue();
        assertThat(usesCache("/bin/sh")).as("root does not trust the user").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/bin/dash", "/bin/bash", "/bin/busybox" })
    void everyShellChecksTheCacheAlike(String shell) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(shell)), () -> shell + " is not installed");
        String[] words = shell.endsWith("busybox") ? new String[]{ shell, "sh" } : new String[]{ shell };
        made();
        assertThat(usesCache(words)).isTrue();
        permit(base, "rwxrwxrwx");
        assertThat(usesCache(words)).isFalse();
        assertThat(about(words).errors()).contains("others may write to " + base);
    }
}
