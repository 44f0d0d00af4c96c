package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A restore on a system that has nothing but what Java offers. */
final class RestorePlainTest extends RestoreContract {

    @Override
    @Nullable
    RestoreNative calls() {
        return null;
    }

    @Test
    void whileItWritesNobodyElseMayChangeNames() throws Exception {
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
    void aTargetThatJavaWouldChangeIsAnError() throws Exception {
        script.symlink("/l", "a//b/");
        restore();
        assertThat(script.result("/l"))
                .isEqualTo("cannot restore /l: a link to \"a//b/\" cannot be made here, only to \"a/b\"");
        assertThat(tree()).isEmpty();
    }
}
