package dev.kloset.files.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.files.posix.RestoreNative;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A restore on a system that offers only what Java has. */
final class RestorePlainTest extends RestoreContract {

    @Override
    public @Nullable RestoreNative calls() {
        return null;
    }

    @Test
    void otherUsersCannotChangeNamesDuringARestore() throws Exception {
        Files.createDirectory(root);
        Files.setAttribute(root, "unix:mode", 0777);
        List<String> during = new ArrayList<>();
        script.directory("/", 0777).file(RestoreScript.info("/f"), "/f", () -> {
            during.addAll(modes(""));
            return RestoreScript.text("x");
        });
        restore();
        assertThat(script.errors()).isEmpty();
        assertThat(during).containsExactly("40755");
        assertThat(modes("")).containsExactly("40777");
    }

    @Test
    void aNonEmptyDirectoryStaysBecauseItsRemovalCouldBeRedirected() throws Exception {
        Files.writeString(Files.createDirectories(root.resolve("d")).resolve("old"), "old");
        script.file("/d", "x");
        restoreReplacingDirectories();
        assertThat(script.result("/d"))
                .isEqualTo("cannot restore /d: a directory that is not empty is in its place, and "
                        + "cannot be removed because this system lets other processes redirect the removal");
        assertThat(root.resolve("d/old")).hasContent("old");
    }

    @Test
    void aTargetThatJavaWouldChangeIsAnError() throws Exception {
        script.symlink("/l", "a//b/");
        restore();
        assertThat(script.result("/l"))
                .isEqualTo("cannot restore /l: a link to \"a//b/\" cannot be made here, only to \"a/b\"");
        assertThat(tree()).isEmpty();
    }
}
