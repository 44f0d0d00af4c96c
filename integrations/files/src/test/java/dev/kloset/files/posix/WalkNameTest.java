package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileRecord;
import dev.kloset.files.backup.WalkCollector;
import dev.kloset.files.backup.WalkProbe;
import dev.kloset.files.source.XattrReaderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkNameTest {

    @TempDir
    private Path root;

    @Test
    void aReplacementCharacterIsAnOrdinaryCharacter() throws Exception {
        make("printf x > \"$(printf 'a\\357\\277\\275b')\"");
        assertThat(WalkCollector.of(root).pathsBelow(root)).containsExactly("a\uFFFDb");
    }

    @Test
    void aNameThatIsNotUtf8IsBackedUpUnderAReadableName() throws Exception {
        make("printf x > \"$(printf 'caf\\351')\"; printf y > good; mkdir \"$(printf 'd\\377')\";"
                + " printf z > \"$(printf 'd\\377')/one\"");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.errors()).isEmpty();
        assertThat(found.pathsBelow(root)).containsExactly("caf\u201BE9", "d\u201BFF", "d\u201BFF/one", "good");
        assertThat(found.file(root + "/caf\u201BE9").info().name()).isEqualTo("caf\u201BE9");
        assertThat(WalkCollector.bytes(found.file(root + "/caf\u201BE9"))).asString().isEqualTo("x");
        assertThat(WalkCollector.bytes(found.file(root + "/d\u201BFF/one"))).asString().isEqualTo("z");
    }

    @Test
    void aNameThatIsNotUtf8CanBeExcluded() throws Exception {
        make("printf x > \"$(printf 'caf\\351.tmp')\"");
        assertThat(WalkCollector.of(WalkCollector.importer(root.toString(), Map.of(),
                options -> options.excludes(List.of("*.tmp")))).pathsBelow(root)).isEmpty();
    }

    @Test
    void aTargetThatIsNotUtf8IsBackedUp() throws Exception {
        make("ln -s \"$(printf 'to/\\351/')\" link; ln -s \"$(printf '/\\351')\" absolute");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.errors()).isEmpty();
        assertThat(found.file(root + "/link").target()).isEqualTo("to/\u201BE9/");
        assertThat(found.file(root + "/absolute").target()).isEqualTo("/\u201BE9");
    }

    @Test
    void namesMayBeAsLongAndAsOddAsTheSystemAllows() throws Exception {
        String accented = "\\303\\251".repeat(127) + "z";
        make("printf x > " + "n".repeat(255) + "; printf x > \"$(printf '" + accented + "')\";"
                + " printf x > \"$(printf 'two\\nlines \\\\ \" %%41 ')\"; printf x > ' '; printf x > ...");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.pathsBelow(root)).containsExactlyInAnyOrder("n".repeat(255), "é".repeat(127) + "z",
                "two\nlines \\ \" %41 ", " ", "...");
        assertThat(found.all(FileRecord.class)).filteredOn(record -> record.content().isPresent())
                .hasSize(5)
                .allSatisfy(record -> assertThat(WalkCollector.bytes(record)).asString().isEqualTo("x"));
    }

    @Test
    void theLocaleOfTheProcessDoesNotMatter() throws Exception {
        make("mkdir \"$(printf 'd\\303\\251')\"; printf content > \"$(printf 'd\\303\\251/\\346\\227\\245')\";"
                + " ln -s \"$(printf '../x/\\303\\251/')\" \"$(printf 'd\\303\\251/link')\";"
                + " printf x > \"$(printf 'caf\\351')\"");
        boolean xattrs = XattrReaderTest.set(root.resolve("ascii"), "user.note", "value");
        for (String locale : List.of("C", "POSIX", "C.UTF-8")) {
            List<String> lines = WalkProbe.lines(root.toString(), locale);
            assertThat(lines).as(locale)
                    .anyMatch(line -> line.endsWith(root + "/dé/日 content"))
                    .anyMatch(line -> line.endsWith(root + "/dé/link -> ../x/é/"))
                    .anyMatch(line -> line.endsWith(root + "/caf\u201BE9 x"));
            if (xattrs) {
                assertThat(lines).contains("xattr " + root + "/ascii user.note=value");
            }
        }
    }

    @Test
    void aLocationThatTheLocaleCannotNameIsRefusedWithAWayOut() throws Exception {
        make("mkdir \"$(printf 'd\\303\\251')\"");
        assertThat(WalkProbe.lines(root + "/dé", "C.UTF-8")).anyMatch(line -> line.endsWith(root + "/dé"));
        List<String> refused = WalkProbe.lines(root + "/dé", "C");
        Assumptions.assumeTrue(refused.size() == 1, "this system reads names as UTF-8 under any locale");
        assertThat(refused).singleElement()
                .asString()
                .startsWith("refused cannot back up files://" + root + "/dé: Java cannot name this path")
                .endsWith("set LC_ALL=C.UTF-8");
    }

    /** Make the names with a shell, because this Java may run under any locale. */
    private void make(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-ec", script).directory(root.toFile()).inheritIO().start();
        assertThat(shell.waitFor()).isZero();
    }
}
