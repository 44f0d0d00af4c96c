package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aTargetThatJavaWouldChangeIsAnError() throws Exception {
        script.symlink("/l", "a//b/");
        restore();
        assertThat(script.result("/l"))
                .isEqualTo("cannot restore /l: a link to \"a//b/\" cannot be made here, only to \"a/b\"");
        assertThat(tree()).isEmpty();
    }
}
