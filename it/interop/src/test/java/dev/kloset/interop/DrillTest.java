package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kloset drill} with the real Plakar. */
class DrillTest {

    @TempDir
    Path directory = Path.of("");

    private Path source = Path.of("");
    private Path temporary = Path.of("");

    @BeforeEach
    void makeSource() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        source = Files.createDirectories(directory.resolve("source/deep/er")).resolve("../..").normalize();
        for (String name : List.of("bit", "mode", "nanosecond", "deep/plain", "deep/er/other")) {
            Path file = Files.writeString(source.resolve(name), "content of " + name);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.678901234Z")));
        }
        Files.setPosixFilePermissions(source.resolve("mode"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(source.resolve("deep/er"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("deep/plain"));
        Files.createLink(source.resolve("deep/hard"), source.resolve("deep/plain"));
    }

    private RunningCommand drill(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("drill", "--plakar", Programs.built("plakar").toString()));
        all.addAll(List.of(words));
        return new KlosetCopy(directory).with("TMPDIR", temporary.toString()).command(all);
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anEqualRestoreIsCertified() throws Exception {
        Outcome outcome = drill("files://" + source, "--html", "certificate.html").end(Plakar.PATIENCE);
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).startsWith("RESTORE DRILL  The restore equals the source\n")
                .contains("  plakar       v1.1.4\n", "  plugin       files v", "  sdk          0.", "  java         25",
                        "  source       files://" + source + " on ",
                        "  compared     contents and all metadata\n",
                        "  Equal: 6 files, 3 directories, 1 symbolic link, ");
        assertThat(directory.resolve("certificate.html")).content()
                .contains("<!doctype html>", "The restore equals the source", "v1.1.4", "<dt>plugin</dt><dd>files v",
                        "<dt>sdk</dt><dd>0.");
        assertNothingIsLeft();
    }

    @Test
    void oneBitOneModeAndOneNanosecondAreFound() throws Exception {
        Path image = PluginImage.importerAndExporter(Files.createDirectory(directory.resolve("image")),
                AlteringPlugin.PROTOCOL, AlteringPlugin.class);
        Outcome outcome = drill("--plugin", image.toString(), AlteringPlugin.PROTOCOL + "://" + source, "--json")
                .end(Plakar.PATIENCE);
        assertThat(outcome.exit()).as(outcome.toString()).isOne();
        assertThat(outcome.out()).hasLineCount(1)
                .startsWith("{\"equal\":false,")
                .contains("\"differences\":{\"content\":1,\"mode\":1,\"mtime\":1}",
                        "{\"path\":\"/bit\",\"what\":\"content\",\"a\":\"sha256 ",
                        "{\"path\":\"/mode\",\"what\":\"mode\",\"a\":\"rw-r----- (640)\",\"b\":\"rw----r-- (604)\"}",
                        "{\"path\":\"/nanosecond\",\"what\":\"mtime\",\"a\":\"2026-01-02T03:04:05.678901234Z\","
                                + "\"b\":\"2026-01-02T03:04:05.678901235Z\"}",
                        "\"versions\":{\"plakar\":\"v1.1.4\",\"kloset\":\"", "\"sdk\":\"0.", "\"java\":\"25");
        assertNothingIsLeft();
    }

    @Test
    void aFailureLeavesNothing() throws Exception {
        Outcome outcome = drill("files://" + source.resolve("nowhere"), "--json").end(Plakar.PATIENCE);
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out()).startsWith("{\"failure\":\"").hasLineCount(1);
        assertNothingIsLeft();
    }

    @Test
    void anInterruptLeavesNothing() throws Exception {
        RunningCommand running = drill("files://" + source);
        Await.until("a repository", Plakar.PATIENCE, () -> {
            try (Stream<Path> made = Files.list(temporary)) {
                return made.anyMatch(path -> Files.exists(path.resolve("repository")));
            }
        });
        running.signal("TERM");
        assertThat(running.end(Plakar.PATIENCE).exit()).isEqualTo(143);
        assertNothingIsLeft();
    }
}
