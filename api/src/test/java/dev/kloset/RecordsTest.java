package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000000006Z");

    @ParameterizedTest
    @ValueSource(strings = { "/", "/a", "/a/b", "/...", "/.a", "/a..", "/ä/😀", "/a b\n", "/C:/x" })
    void cleanAbsolutePathsAreTaken(String path) {
        assertThat(new ErrorRecord(path, "x").pathname()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "a/b", "//", "/a/", "/a//b", "/.", "/..", "/a/./b", "/a/../b", "/a/..",
        "/\uD800" })
    void pathsThatAHostWouldLoseAreRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorRecord(path, "x"))
                .withMessageStartingWith("the path \"")
                .withMessageContaining("must");
    }

    @Test
    void theNameMustBeTheLastPartOfThePath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileRecord.of("/a/b", FileInfo.directory("c", TIME)))
                .withMessage("the record /a/b must have the name \"b\" in its FileInfo, not \"c\"");
        assertThat(FileRecord.of("/", FileInfo.directory("/", TIME)).pathname()).isEqualTo("/");
        assertThat(FileRecord.file("/a/b", 3, TIME, Content.of("abc")).info().name()).isEqualTo("b");
    }

    @Test
    void onlyRegularFilesHaveContentAndOnlyLinksHaveATarget() {
        FileInfo directory = FileInfo.directory("a", TIME);
        assertThatIllegalArgumentException().isThrownBy(() -> FileRecord.file("/a", directory, Content.of("")));
        assertThatIllegalArgumentException().isThrownBy(() -> FileRecord.symlink("/a", directory, "b"));
    }

    @Test
    void anErrorRecordAlwaysSaysSomething() {
        assertThat(ErrorRecord.of("/a", new NoSuchFileException("/x/a")).message())
                .isEqualTo("no such file or directory: /x/a");
        assertThat(new ErrorRecord("/a", "").message()).isNotEmpty();
    }

    @Test
    void xattrNamesAreCopied() {
        FileRecord record = FileRecord.file("/a", 0, TIME, Content.of("")).withXattrNames(List.of("user.x"));
        assertThat(record.xattrNames()).containsExactly("user.x");
        assertThat(record.content()).isPresent();
    }
}
