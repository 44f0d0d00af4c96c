package dev.kloset.files.restore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts and the SDK promise clean paths; the exporter does not rely on that. */
final class RestorePathTest {

    @Test
    void aPathIsItsNames() {
        assertThat(RestorePath.names("/")).isEmpty();
        assertThat(RestorePath.names("/a/...b/..c/d..")).containsExactly("a", "...b", "..c", "d..");
        assertThat(RestorePath.name("/a/b")).isEqualTo("b");
        assertThat(RestorePath.parent("/a/b")).isEqualTo("/a");
        assertThat(RestorePath.parent("/a")).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/..", "/a/../b", "/a/..", "/./a", "/a/.", "//a", "/a//b", "/a/", "//", "/a\0b" })
    void nothingButPlainNamesIsTaken(String path) {
        assertThatThrownBy(() -> RestorePath.names(path)).hasMessage("its path is not clean");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "../a", "..", "." })
    void nothingButAbsolutePathsIsTaken(String path) {
        assertThatThrownBy(() -> RestorePath.names(path)).hasMessage("its path is not absolute");
    }

    @Test
    void theRootIsNotAFile() {
        assertThatThrownBy(() -> RestorePath.name("/")).hasMessage("the root of a restore must be a directory");
    }
}
