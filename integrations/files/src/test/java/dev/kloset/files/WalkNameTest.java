package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkNameTest {

    private static final String BYTES_SHOWN = "the name is not valid UTF-8 (its other bytes are shown as \\x and two"
            + " digits), so ";

    @TempDir
    private Path root;

    @Test
    void bytesThatAreNotUtf8AreShownAndTheRestIsLegible() {
        assertThat(WalkName.ofBytes(new byte[]{ 'a', (byte) 0xE9, 'b' })).isEqualTo(new WalkName("a\\xE9b", false));
        assertThat(WalkName.ofBytes("é€😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(new WalkName("é€😀", true));
        assertThat(WalkName.ofBytes(new byte[]{ (byte) 0xC3, (byte) 0xA9, (byte) 0xFF }).text()).isEqualTo("é\\xFF");
        assertThat(WalkName.ofBytes(new byte[]{ (byte) 0xE2, (byte) 0x82 }).text()).isEqualTo("\\xE2\\x82");
        assertThat(WalkName.ofBytes(new byte[]{ (byte) 0xED, (byte) 0xA0, (byte) 0x80 }).valid()).isFalse();
    }

    @Test
    void aReplacementCharacterIsAnOrdinaryCharacter() throws Exception {
        make("printf x > \"$(printf 'a\\357\\277\\275b')\"");
        assertThat(WalkCollector.of(root).pathsBelow(root)).containsExactly("a\uFFFDb");
    }

    @Test
    void aNameThatIsNotUtf8IsReportedAndTheRestGoesOn() throws Exception {
        make("printf x > \"$(printf 'caf\\351')\"; printf y > good");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.pathsBelow(root)).containsExactly("good");
        assertThat(found.errors())
                .containsExactly(new ErrorRecord(root + "/caf\\xE9", BYTES_SHOWN + "this file is not backed up"));
    }

    @Test
    void aDirectoryWhoseNameIsNotUtf8IsReportedOnce() throws Exception {
        make("mkdir \"$(printf 'd\\377')\"; printf x > \"$(printf 'd\\377')/one\"; printf x > \"$(printf 'd\\377')/two\"");
        WalkCollector found = WalkCollector.of(root);
        assertThat(found.pathsBelow(root)).isEmpty();
        assertThat(found.errors()).containsExactly(
                new ErrorRecord(root + "/d\\xFF",
                        BYTES_SHOWN + "this directory with everything in it is not backed up"));
    }

    @Test
    void anExcludedNameThatIsNotUtf8IsNotReported() throws Exception {
        make("printf x > \"$(printf 'caf\\351.tmp')\"");
        assertThat(WalkCollector.of(WalkCollector.importer(root.toString(), Map.of(),
                options -> options.excludes(List.of("*.tmp")))).errors()).isEmpty();
    }

    @Test
    void aTargetThatIsNotUtf8IsReported() throws Exception {
        make("ln -s \"$(printf 'to/\\351/')\" link; ln -s \"$(printf '/\\351')\" absolute");
        assertThat(WalkCollector.of(root).errors()).extracting(ErrorRecord::message)
                .containsExactlyInAnyOrder(
                        "the target of the symbolic link is not valid UTF-8, so the link is not backed up: to/\\xE9/",
                        "the target of the symbolic link is not valid UTF-8, so the link is not backed up: /\\xE9");
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
                    .contains("error " + root + "/caf\\xE9: " + BYTES_SHOWN + "this file is not backed up");
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

    /** Names are made by a shell: this Java may run under any locale, too. */
    private void make(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-ec", script).directory(root.toFile()).inheritIO().start();
        assertThat(shell.waitFor()).isZero();
    }
}
