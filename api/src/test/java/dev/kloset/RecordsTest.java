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
    void cleanAbsolutePathsAreAccepted(String path) {
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
    void newMetadataCannotBypassTheCheckOfTheName() {
        FileRecord file = FileRecord.file("/a/b", 3, TIME, Content.of("abc"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.withInfo(file.info().toBuilder().name("x/y").build()))
                .withMessage("the record /a/b must have the name \"b\" in its FileInfo, not \"x/y\"");
        assertThatIllegalArgumentException().isThrownBy(() -> file.withInfo(FileInfo.directory("b", TIME)));
        assertThat(file.withInfo(file.info().toBuilder().size(4).build()).info().size()).isEqualTo(4);
    }

    @Test
    void theNameFollowsThePath() {
        FileRecord moved = FileRecord.file("/a/b", 3, TIME, Content.of("abc")).withPathname("/c/d");
        assertThat(moved.pathname()).isEqualTo("/c/d");
        assertThat(moved.info().name()).isEqualTo("d");
        assertThat(moved.withPathname("/").info().name()).isEqualTo("/");
    }

    @Test
    void onlyRegularFilesGetContent() {
        FileRecord directory = FileRecord.of("/a", FileInfo.directory("a", TIME));
        assertThatIllegalArgumentException().isThrownBy(() -> directory.withContent(Content.of("")));
        assertThat(directory.withContent(null).content()).isEmpty();
    }

    /** The first record of a restore has the path "/" and the original name of the directory. */
    @Test
    void aReceivedRecordStaysAsItIs() {
        FileRecord root = FileRecord.received("/", FileInfo.directory("data", TIME), "", List.of(), 0, null);
        assertThat(root.withPathname("/x").info().name()).isEqualTo("data");
        assertThat(root.withInfo(FileInfo.directory("y", TIME)).info().name()).isEqualTo("y");
        assertThat(root.nameFault())
                .isEqualTo("the record / must have the name \"/\" in its FileInfo, not \"data\"");
        assertThat(root.withInfo(FileInfo.directory("/", TIME)).nameFault()).isNull();
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
