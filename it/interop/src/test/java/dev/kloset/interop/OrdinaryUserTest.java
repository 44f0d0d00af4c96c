package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ordinary user restores what root has backed up. */
class OrdinaryUserTest {

    private static final int FILES = 20;

    @TempDir
    Path directory;

    @Test
    void filesOfRootAreRestoredWithoutAnErrorAndWithOneRemark() throws Exception {
        Path source = directory.resolve("source");
        TreeMaker maker = TreeMaker.in(source);
        for (int i = 0; i < FILES; i++) {
            maker.file("d/" + i, 10);
        }
        Files.setAttribute(source.resolve("d/0"), "unix:mode", 04755);
        Files.createSymbolicLink(source.resolve("link"), Path.of("d/1"));
        Path restored = directory.resolve("restored");
        Outcome restore;
        try (Plakar plakar = Plakar.withFiles(directory)) {
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository"))
                    .create()
                    .backup("files://" + source);
            // The repository, the home, and the tree to restore next.
            TreeMaker.shell(directory, "chown -hR 65534:65534 .");
            plakar.within(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            restore = snapshot.restore("files://" + restored);
            Outcome insisting = snapshot.repository()
                    .run("restore", "-o", "require_owners=true", "-to", "files://" + directory.resolve("insisting"),
                            snapshot.id());
            assertThat(insisting.text().lines().filter(line -> line.contains(" KO ")).count())
                    .isGreaterThanOrEqualTo(FILES);
        }
        assertThat(restore.exit()).isZero();
        assertThat(restore.text()).doesNotContain(" KO ", "could not be set")
                .containsPattern("(?s)[0-9]+ files could not be given to their owners(?!.*could not be given)");
        for (int i = 0; i < FILES; i++) {
            assertThat(Files.mismatch(source.resolve("d/" + i), restored.resolve("d/" + i))).isEqualTo(-1);
        }
        assertThat(Files.getAttribute(restored.resolve("d/0"), "unix:uid")).isEqualTo(65534);
        assertThat(Files.getAttribute(restored.resolve("d/0"), "unix:mode")).isEqualTo(0100755);
        assertThat(Files.readSymbolicLink(restored.resolve("link"))).hasToString("d/1");
        assertThat(Files.getAttribute(restored.resolve("link"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(65534);
    }
}
