package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.sdk.ChildJava.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script as a process, from a package without a runtime of its own, in each of the usual shells. */
@ParameterizedClass
@ValueSource(strings = { "/bin/dash", "/bin/bash --posix", "/bin/busybox sh" })
class LauncherTest {

    private static final Outcome ABOUT = new Outcome(0, """
            sample v1.2.0, a plugin for Plakar (SDK unknown, Java %s, protocol v1.1.0)
              storage mem://
                its options are unchecked: it declares none and gets what the user writes
              importer demo:// (localfs, nomerge)
                its options are unchecked: it declares none and gets what the user writes
              exporter demo://
                its options are unchecked: it declares none and gets what the user writes
            """.formatted(Runtime.version()), "");

    @TempDir
    Path temporary;

    private LauncherImage image;
    private final Map<String, String> environment = LauncherImage.environment();
    private final String shell;

    LauncherTest(String shell) {
        this.shell = shell;
    }

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isExecutable(Path.of(shell.split(" ", 2)[0])), () -> shell + " is not installed");
        image = LauncherImage.create(temporary.resolve("a b")).runBy(shell);
    }

    private UserCache userCache() {
        Path cache = temporary.resolve("cache");
        environment.put("XDG_CACHE_HOME", cache.toString());
        return UserCache.below(cache);
    }

    private ChildJava start(Path launcher, String... arguments) throws IOException {
        return ChildJava.start(temporary, environment, launcher, arguments);
    }

    private Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
        try (ChildJava child = start(launcher, arguments)) {
            return child.end();
        }
    }

    private List<String> classesOfTheCache() throws IOException, InterruptedException {
        Path log = temporary.resolve("classes.log");
        environment.put("KLOSET_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        assertThat(run(image.launcher, "about")).isEqualTo(ABOUT);
        environment.remove("KLOSET_JAVA_OPTS");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("dev.kloset") && line.contains("shared objects file")).toList();
        }
    }

    @Test
    void aPluginStartsWhereDescriptorsHaveNoNames() throws Exception {
        String script = Files.readString(image.launcher);
        assertThat(script).contains("/proc/self/fd/");
        Files.writeString(image.launcher, script.replace("/proc/self/fd/", "/no/such/place/"));
        assertThat(run(image.launcher, "about")).isEqualTo(ABOUT);
    }

    /** Version 2 of control groups has one line without a controller, version 1 one for each. */
    @ParameterizedTest
    @CsvSource({ "0::/a/b, a/b/memory.max, 67108864, 32", "0::/a/b, a/memory.max, 67108864, 32",
        "0::/, memory.max, 67108864, 32", "0::/../b, memory.max, 67108864, 32", "0::/a, a/memory.max, max, 64",
        "0::/a, a/memory.max, 9223372036854771712, 64", "0::/a, a/memory.max, 1048576, 16",
        "4:memory:/a, memory/a/memory.limit_in_bytes, 67108864, 32",
        "'4:cpu,memory:/a/b', memory/memory.limit_in_bytes, 67108864, 32",
        "4:cpu:/a, a/memory.max, 67108864, 64" })
    void theHeapIsHalfOfWhatTheControlGroupsAllow(String membership, String file, String limit, long heap)
            throws Exception {
        Path limits = temporary.resolve("cgroup").resolve(file);
        Files.createDirectories(limits.getParent());
        Files.writeString(limits, limit + "\n");
        Path memberships = Files.writeString(temporary.resolve("memberships"), membership + "\n");
        String script = Files.readString(image.launcher);
        assertThat(script).contains("/sys/fs/cgroup", "/proc/self/cgroup");
        Files.writeString(image.launcher, script.replace("/proc/self/cgroup", memberships.toString())
                .replace("/sys/fs", temporary.toString()));
        environment.put("KLOSET_NO_START_CACHE", "1");
        environment.put("KLOSET_JAVA_OPTS", "-XX:+PrintFlagsFinal");
        Outcome about = run(image.launcher, "about");
        assertThat(about.output() + about.errors()).containsPattern(" MaxHeapSize += " + heap * 1024 * 1024 + " ");
    }

    @Test
    void aPluginStartsThroughLinksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("second"), Path.of("a b/sample"));
        Path other = Files.createDirectory(temporary.resolve("elsewhere"));
        assertThat(run(Files.createSymbolicLink(other.resolve("first"), Path.of("../second")), "about"))
                .isEqualTo(ABOUT);
        assertThat(run(temporary.relativize(link).resolveSibling("./second"), "about")).isEqualTo(ABOUT);
    }

    @Test
    void aFileThatIsMissingIsNamed() throws Exception {
        Path jar = image.directory.resolve("lib/1.jar");
        Files.delete(jar);
        assertThat(run(image.launcher)).isEqualTo(new Outcome(1, "", "dev.kloset.sdk.SamplePlugin: the file " + jar
                + " is missing: install the package again\n"));
    }

    @Test
    void aRuntimeThatWasExtractedInPartIsNamed() throws Exception {
        Files.createDirectories(image.directory.resolve("runtime/bin"));
        assertThat(run(image.launcher).errors()).endsWith("the file " + image.directory
                + "/runtime/bin/java is missing: install the package again\n");
    }

    @Test
    void aRuntimeThatNeedsAMissingInterpreterSaysSo() throws Exception {
        Path runtime = Files.createDirectories(image.directory.resolve("runtime"));
        Files.createDirectories(runtime.resolve("lib"));
        Files.writeString(runtime.resolve("lib/modules"), "modules");
        Files.createDirectories(runtime.resolve("bin"));
        Files.copy(Path.of("/bin/true"), runtime.resolve("bin/java"), StandardCopyOption.COPY_ATTRIBUTES);
        String script = Files.readString(image.launcher);
        Files.writeString(image.launcher, script.replace("interpreter=''", "interpreter='/lib/ld-nowhere.so.1'"));
        assertThat(run(image.launcher))
                .isEqualTo(new Outcome(1, "", "dev.kloset.sdk.SamplePlugin: the Java of this package "
                        + "needs /lib/ld-nowhere.so.1, which neither this system nor the package has\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "LANG=C", "LC_ALL=fr_FR.UTF-8", "LC_ALL=POSIX", "LANG=de_DE.utf8", "LC_CTYPE=C" })
    void fileNamesAreUnicodeWhateverTheLocale(String locale) throws Exception {
        if (!locale.isEmpty()) {
            environment.put(locale.substring(0, locale.indexOf('=')), locale.substring(locale.indexOf('=') + 1));
        }
        environment.put("KLOSET_JAVA_OPTS", "-XshowSettings:properties");
        assertThat(run(image.launcher, "about").errors()).contains("sun.jnu.encoding = UTF-8");
    }

    @Test
    void tenStartsAtOnceMakeOneCacheForTheNext() throws Exception {
        UserCache userCache = userCache();
        List<ChildJava> children = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            children.add(start(image.launcher, "about"));
        }
        for (ChildJava child : children) {
            assertThat(child.end()).isEqualTo(ABOUT);
        }
        userCache.awaitEntry();
        assertThat(classesOfTheCache()).hasSizeGreaterThan(50);
        // The directory, one plugin, one Java: no locks, nothing half done, once the last of the ten sees that it is late.
        while (userCache.entries() != 3) {
            LockSupport.parkNanos(UserCache.POLL_NANOS);
        }
    }

    @Test
    void aCorruptCacheCostsTimeOnly() throws Exception {
        UserCache userCache = userCache();
        run(image.launcher, "about");
        Files.write(userCache.awaitEntry().resolve("plugin.aot"), new byte[1_000_000]);
        assertThat(classesOfTheCache()).isEmpty();
        assertThat(run(image.launcher, "about")).isEqualTo(ABOUT);
    }

    @Test
    void whenALibraryHasChangedTheCacheIsMadeAgain() throws Exception {
        UserCache userCache = userCache();
        run(image.launcher, "about");
        Path cache = userCache.awaitEntry().resolve("plugin.aot");
        Files.write(cache, new byte[1]);
        Files.setLastModifiedTime(image.directory.resolve("lib/0.jar"), FileTime.from(Instant.EPOCH));
        run(image.launcher, "about");
        while (cache.toFile().length() <= 1) { // 0 while it is absent
            LockSupport.parkNanos(UserCache.POLL_NANOS);
        }
        userCache.awaitEntry();
        assertThat(classesOfTheCache()).hasSizeGreaterThan(50);
    }

    @Test
    void leftoversOfAKilledTrainingAreSwept() throws Exception {
        UserCache userCache = userCache();
        run(image.launcher, "about");
        Path entry = userCache.awaitEntry();
        String name = entry.toString();
        Files.delete(entry.resolve("made-for"));
        Path lock = Files.createDirectory(Path.of(name + ".lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("owner"), gone.pid() + "\n");
        Files.createDirectory(Path.of(name + ".new.1"));
        run(image.launcher, "about");
        while (!Files.exists(entry.resolve("made-for"))) {
            LockSupport.parkNanos(UserCache.POLL_NANOS);
        }
        userCache.awaitEntry();
        assertThat(Path.of(name + ".new.1")).doesNotExist();
    }

    @Test
    void theCachesOfPluginsThatAreGoneAreSwept() throws Exception {
        UserCache userCache = userCache();
        Path gone = madeFor(userCache, "gone", (temporary + "/no such plugin\n").getBytes(StandardCharsets.UTF_8));
        Path there = madeFor(userCache, "there", (temporary + "\n").getBytes(StandardCharsets.UTF_8));
        Path other = madeFor(userCache, "other", new byte[]{ '/', 0, (byte) 0xff, '\n' });
        Path link = Files.createSymbolicLink(userCache.directory().resolve("link"), gone.getParent());
        run(image.launcher, "about");
        userCache.awaitEntry();
        assertThat(gone).doesNotExist();
        assertThat(List.of(there, other, link)).allSatisfy(path -> assertThat(path).exists());
    }

    private static Path madeFor(UserCache userCache, String plugin, byte[] directory) throws IOException {
        Path entry = Files.createDirectories(userCache.directory().resolve(plugin).resolve("java"));
        Files.write(entry.resolve("made-for"), directory);
        return entry;
    }

    @Test
    void withoutAPlaceForTheCacheThePluginJustStarts() throws Exception {
        environment.put("XDG_CACHE_HOME", "/dev/null/nowhere");
        assertThat(run(image.launcher, "about")).isEqualTo(ABOUT);
    }

    @Test
    void theCacheCanBeDeclined() throws Exception {
        UserCache userCache = userCache();
        environment.put("KLOSET_NO_START_CACHE", "1");
        assertThat(run(image.launcher, "about")).isEqualTo(ABOUT);
        assertThat(userCache.directory()).doesNotExist();
    }
}
