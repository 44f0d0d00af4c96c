package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludesTest {

    @ParameterizedTest
    @CsvSource({ //
        "*.log,           /a/b.log,       false, true", //
        "*.log,           /a/b.logs,      false, false", //
        "b.log,           /a/b.log/c,     false, true", //
        "cache/,          /x/cache,       true,  true", //
        "cache/,          /x/cache,       false, false", //
        "cache/,          /x/cache/y,     false, true", //
        "/top,            /top,           false, true", //
        "/top,            /x/top,         false, false", //
        "a/b,             /a/b/c,         false, true", //
        "a/b,             /x/a/b,         false, false", //
        "**/b,            /x/y/b,         false, true", //
        "**/b,            /b,             false, true", //
        "a/**/z,          /a/z,           false, true", //
        "a/**/z,          /a/b/c/z,       false, true", //
        "a/**/z,          /a/b/c/y,       false, false", //
        "a/**,            /a/b,           false, true", //
        "?.txt,           /a.txt,         false, true", //
        "?.txt,           /ab.txt,        false, false", //
        "[a-c].txt,       /b.txt,         false, true", //
        "[!a-c].txt,      /b.txt,         false, false", //
        "[^a-c].txt,      /d.txt,         false, true", //
        "[]].txt,         /].txt,         false, true", //
        "\\*.txt,         /*.txt,         false, true", //
        "\\*.txt,         /a.txt,         false, false", //
        "a.b,             /axb,           false, false", //
        "(x|y)+,          /x,             false, false" })
    void patternsMatchAsInGitignore(String pattern, String pathname, boolean directory, boolean excluded) {
        assertThat(Excludes.of(List.of(pattern)).excludes(pathname, directory)).isEqualTo(excluded);
    }

    @Test
    void theLastPatternThatMatchesDecides() {
        Excludes excludes = Excludes.of(List.of("*.log", "!keep.log", "/tmp/keep.log"));
        assertThat(excludes.excludes("/a/b.log", false)).isTrue();
        assertThat(excludes.excludes("/a/keep.log", false)).isFalse();
        assertThat(excludes.excludes("/tmp/keep.log", false)).isTrue();
    }

    @Test
    void commentsAndEmptyLinesAreNoPatternsAndTrailingBlanksAreNotMeant() {
        Excludes excludes = Excludes.of(List.of("", "# *", "a  ", "b\\ "));
        assertThat(excludes.excludes("/x", false)).isFalse();
        assertThat(excludes.excludes("/a", false)).isTrue();
        assertThat(excludes.excludes("/b ", false)).isTrue();
    }

    @Test
    void theRootOfEverythingIsNeverExcluded() {
        assertThat(Excludes.of(List.of("*")).excludes("/", true)).isFalse();
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> Excludes.of(List.of("[a"))).hasMessage("the exclude pattern \"[a\" cannot be read");
        assertThatThrownBy(() -> Excludes.of(List.of("x\\"))).hasMessageContaining("x\\");
        assertThatThrownBy(() -> Excludes.of(List.of("!/"))).hasMessage("the exclude pattern \"!/\" names nothing");
    }
}
