package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kloset compare} with real processes. */
class KlosetCompareTest {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-02T03:04:05.678901234Z"));

    @TempDir
    Path directory = Path.of("");

    private KlosetCommand kloset = new KlosetCommand(directory);
    private Path a = Path.of("");
    private Path b = Path.of("");

    @BeforeEach
    void twoEqualTrees() throws IOException {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
        kloset = new KlosetCommand(directory);
        a = tree("a");
        b = tree("b");
    }

    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectories(directory.resolve(name).resolve("deep/er")).resolve("../..").normalize();
        for (int i = 0; i < 50; i++) {
            Files.writeString(tree.resolve("deep/file " + i), "content " + i);
        }
        Files.createSymbolicLink(tree.resolve("deep/link"), Path.of("file 1"));
        Files.createLink(tree.resolve("deep/er/hard"), tree.resolve("deep/file 2"));
        for (Path path : new Path[]{ tree.resolve("deep/er"), tree.resolve("deep"), tree }) {
            try (var files = Files.list(path)) {
                for (Path file : files.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                    Files.setLastModifiedTime(file, TIME);
                }
            }
        }
        Files.setLastModifiedTime(tree, TIME);
        return tree;
    }

    private KlosetCommand.Run compare(String... more) throws Exception {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "compare";
        arguments[1] = "files:a";
        arguments[2] = "files:b";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return kloset.run(arguments);
    }

    @Test
    void equalTreesAreEqual() throws Exception {
        KlosetCommand.Run run = compare("--ignore", "symlinks");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("not compared: symlinks (you left it out)\nEqual: 51 files, 3 directories, ");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void oneBitOneModeAndOneNanosecondAreFound() throws Exception {
        Path bit = b.resolve("deep/file 3");
        byte[] bytes = Files.readAllBytes(bit);
        bytes[4] ^= 1;
        Files.write(bit, bytes);
        Files.setLastModifiedTime(bit, TIME);
        Files.setPosixFilePermissions(b.resolve("deep/file 4"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(a.resolve("deep/file 4"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(b.resolve("deep/file 5"), FileTime.from(TIME.toInstant().plusNanos(1)));
        KlosetCommand.Run run = compare("--ignore=symlinks");
        assertThat(run.exitCode()).isOne();
        assertThat(run.out().lines()).hasSize(5).satisfies(lines -> {
            assertThat(lines.get(0)).startsWith("/deep/file 3: content: sha256 ");
            assertThat(lines.get(1)).isEqualTo("/deep/file 4: mode: rw-r----- (640) in A, rw------- (600) in B");
            assertThat(lines.get(2)).isEqualTo("/deep/file 5: mtime: 2026-01-02T03:04:05.678901234Z in A, "
                    + "2026-01-02T03:04:05.678901235Z in B");
            assertThat(lines.get(4))
                    .startsWith("Different: 3 differences (1 content, 1 mode, 1 mtime); A has 51 files");
        });
        KlosetCommand.Run json = compare("--ignore=symlinks", "--json");
        assertThat(json.exitCode()).isOne();
        assertThat(json.out().lines()).hasSize(4)
                .contains(
                        "{\"path\":\"/deep/file 4\",\"what\":\"mode\",\"a\":\"rw-r----- (640)\",\"b\":\"rw------- (600)\"}")
                .last()
                .asString()
                .startsWith("{\"equal\":false,\"a\":{\"file\":51,\"directory\":3,")
                .contains("\"differences\":{\"content\":1,\"mode\":1,\"mtime\":1},"
                        + "\"notCompared\":{\"symlinks\":\"you left it out\"},\"timeUnitNanos\":1,");
    }

    @Test
    void manyDifferencesAreListedOnRequest() throws Exception {
        for (int i = 10; i < 40; i++) {
            Files.delete(b.resolve("deep/file " + i));
        }
        Files.setLastModifiedTime(b.resolve("deep"), TIME);
        assertThat(compare("--ignore=symlinks").out().lines()).hasSize(23)
                .contains("/deep/file 10: only in A: file", "and 10 more differences (--list shows all)");
        assertThat(compare("--ignore=symlinks", "--list").out().lines()).hasSize(32);
    }

    @Test
    void aSideThatIsNotThereIsAFailure() throws Exception {
        kloset.run("compare", "files:a", "files:c")
                .assertSentence(3, "plugin files (importer): no such file or directory: " + directory.resolve("c"));
        kloset.run("compare", "files:a", "files:b", "--ignore", "mod")
                .assertSentence(2, "Invalid value for option "
                        + "'--ignore' (ASPECT): expected content, mode, mtime, owner, directories, symlinks, specials, xattrs, "
                        + "hardlinks, not \"mod\"; did you mean \"mode\"? See kloset compare --help");
    }
}
