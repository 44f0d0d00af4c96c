package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.Options;
import dev.kloset.sdk.ChildJava.Outcome;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.grpc.ClientCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the temporary files of a plugin and of its libraries are, and what is left of them when it is killed. */
@ParameterizedClass
@ValueSource(strings = { "/bin/dash", "/bin/bash --posix", "/bin/busybox sh" })
class LauncherTemporariesTest {

    @TempDir
    Path directory;

    private LauncherImage image;
    private Path temporaries;
    private final Map<String, String> environment = LauncherImage.environment();
    private final String shell;

    LauncherTemporariesTest(String shell) {
        this.shell = shell;
    }

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isExecutable(Path.of(shell.split(" ", 2)[0])), () -> shell + " is not installed");
        image = LauncherImage.create(directory.resolve("image")).runBy(shell);
        temporaries = Files.createDirectory(directory.resolve("a b"));
        environment.put("KLOSET_NO_START_CACHE", "1");
        environment.put("TMPDIR", temporaries.toString());
    }

    private ChildJava start(String... arguments) throws IOException {
        return ChildJava.start(directory, environment, image.launcher, arguments);
    }

    /** Have the plugin unpack a library, as SQLite's driver and many others do. {@return the file} */
    private Path unpack() throws IOException, InterruptedException {
        try (ChildJava child = start("train", "importer=demo:///unpacked")) {
            Outcome outcome = child.end();
            String mark = "importer has unpacked ";
            return Path.of(outcome.errors()
                    .lines()
                    .filter(line -> line.startsWith(mark))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(outcome))
                    .substring(mark.length()));
        }
    }

    private List<Path> left() throws IOException {
        List<Path> left = new ArrayList<>();
        try (Stream<Path> all = Files.list(temporaries)) {
            for (Path shared : all.toList()) {
                try (Stream<Path> own = Files.list(shared)) {
                    own.forEach(left::add);
                }
            }
        }
        return left;
    }

    private Path shared() throws IOException {
        try (Stream<Path> all = Files.list(temporaries)) {
            return all.findFirst().orElseThrow();
        }
    }

    /** {@return a plugin that serves a host, once it has answered} */
    private ChildJava serving() throws IOException, InterruptedException {
        ChildJava plugin = start("importer");
        try (ClientCall init = plugin.client().call("/importer.Importer/Init")) {
            init.unary(new InitRequest(Options.builder().build(), "demo", Map.of("location", "demo:///any")).encode());
        }
        return plugin;
    }

    @Test
    void temporaryFilesAreWhereTheUserWantsThemAndGoWithTheProcess() throws Exception {
        Path file = unpack();
        assertThat(file.startsWith(temporaries)).as("%s", file).isTrue();
        assertThat(file).doesNotExist();
        assertThat(left()).isEmpty();
    }

    @Test
    void theFilesOfAKilledProcessGoWithTheNextAndThoseOfALivingOneStay() throws Exception {
        try (ChildJava killed = serving(); ChildJava living = serving()) {
            assertThat(left()).hasSize(2);
            killed.kill();
            unpack();
            assertThat(left()).hasSize(1);
            living.hangUp();
            assertThat(living.status()).isZero();
            assertThat(left()).isEmpty();
        }
    }

    /** Its name can be guessed, and another user may have put it there. */
    @Test
    void aSharedDirectoryThatIsALinkIsNotUsed() throws Exception {
        unpack();
        Path shared = shared();
        Files.delete(shared);
        Files.createSymbolicLink(shared, Files.createDirectory(directory.resolve("trap")));
        assertThat(unpack().getParent()).isEqualTo(temporaries);
    }

    @Test
    void aSharedDirectoryOfAnotherUserIsNotUsed() throws Exception {
        unpack();
        Path shared = shared();
        assumeTrue("0".equals(Files.getAttribute(shared, "unix:uid").toString()), "only root gives a directory away");
        Files.setAttribute(shared, "unix:uid", 65534);
        assertThat(unpack().getParent()).isEqualTo(temporaries);
    }

    @Test
    void anotherDirectoryOfTheUserIsLeftAlone() throws Exception {
        Path wanted = Files.createDirectory(directory.resolve("wanted"));
        environment.put("KLOSET_JAVA_OPTS", "-Djava.io.tmpdir=" + wanted);
        assertThat(unpack().getParent()).isEqualTo(wanted).isEmptyDirectory();
    }
}
