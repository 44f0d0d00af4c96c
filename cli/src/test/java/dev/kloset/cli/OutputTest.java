package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.cli.CopyProgress.Amount;
import dev.kloset.cli.shell.OutputClosedException;
import dev.kloset.cli.shell.StatusLine;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.exclude.Excludes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(out, err, false, true);

    private static FileRecord file(String pathname, String text) {
        FileInfo info = FileInfo.builder(pathname.substring(pathname.lastIndexOf('/') + 1))
                .size(text.length())
                .mode(FileMode.regular(0640))
                .modTime(Instant.parse("2026-01-02T03:04:05.678Z"))
                .uid(12)
                .groupname("staff")
                .build();
        return FileRecord.file(pathname, info, Content.of(text));
    }

    private String outText() throws IOException {
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRemarkFirstRemovesTheStatus() {
        terminal.status("10%");
        terminal.remark("a: broken");
        terminal.status("20%");
        terminal.clearStatus();
        terminal.clearStatus();
        assertThat(err).hasToString(
                "\r\u001b[K\u001b[?7l10%\u001b[?7h\r\u001b[Ka: broken\n\r\u001b[K\u001b[?7l20%\u001b[?7h\r\u001b[K");
    }

    @Test
    void aDumbTerminalGetsNothingButText() throws Exception {
        Terminal dumb = new Terminal(out, err, true, true, true);
        assertThat(dumb.showsStatus()).isFalse();
        assertThat(dumb.isWatched()).isFalse();
        CountDownLatch shown = new CountDownLatch(3);
        try (StatusLine _ = StatusLine.show(dumb, Duration.ofMillis(1), () -> "50% " + count(shown))) {
            shown.await();
        }
        dumb.clearStatus();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("kloset: 50% ").doesNotContain("\u001b", "\r");
    }

    private static String count(CountDownLatch latch) {
        latch.countDown();
        return "done";
    }

    @Test
    void aClosedOutputIsDistinguishedFromABrokenOne() {
        assertThatThrownBy(() -> failing("Broken pipe").flush()).isInstanceOf(OutputClosedException.class);
        assertThatThrownBy(() -> failing("No space left on device").flush())
                .isNotInstanceOf(OutputClosedException.class)
                .hasMessage("cannot write to standard output: No space left on device");
    }

    private static Terminal failing(String message) throws IOException {
        Terminal terminal = new Terminal(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        }, OutputStream.nullOutputStream(), false, false);
        terminal.print("x");
        return terminal;
    }

    @Test
    void listingPrintsFilesLikeLsAndErrorsAsRemarks() throws Exception {
        AtomicInteger acks = new AtomicInteger();
        LsCommand.Listing listing = new LsCommand.Listing(terminal, false, Excludes.of(List.of("*.o")));
        listing.emit(file("/d/a", "hello"), result -> acks.incrementAndGet());
        listing.emit(file("/d/b", "").withXattrNames(List.of("user.x")), result -> acks.incrementAndGet());
        listing.emit(FileRecord.symlink("/d/l", FileInfo.builder("l").mode(FileMode.symlink()).build(), "a"),
                result -> acks.incrementAndGet());
        listing.emit(file("/d/c.o", ""), result -> acks.incrementAndGet());
        listing.emit(XattrRecord.of("/d/b", "user.x", Content.of("")), result -> acks.incrementAndGet());
        listing.emit(new ErrorRecord("/d/e", "permission denied"), result -> acks.incrementAndGet());
        assertThat(outText().lines()).hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("-rw-r-----   1 12       staff")
                                .endsWith(" /d/a")
                                .contains(" 5 "),
                        line -> assertThat(line).startsWith("-rw-r-----@  1").endsWith(" /d/b"),
                        line -> assertThat(line).startsWith("lrwxrwxrwx").endsWith(" /d/l -> a"));
        assertThat(err).hasToString("/d/e: permission denied\n");
        assertThat(listing.errors).hasValue(1);
        assertThat(acks).hasValue(6);
    }

    @Test
    void listingAsJsonIsComplete() throws Exception {
        LsCommand.Listing listing = new LsCommand.Listing(terminal, true, Excludes.of(List.of()));
        listing.emit(file("/d/a\n", "hello"), result -> {});
        listing.emit(XattrRecord.of("/d/b", "user.x", Content.of("")), result -> {});
        listing.emit(new ErrorRecord("/d/e", "no"), result -> {});
        assertThat(outText().lines()).containsExactly(
                "{\"type\":\"file\",\"path\":\"/d/a\\n\",\"name\":\"a\\n\",\"size\":5,\"mode\":\"-rw-r-----\","
                        + "\"modified\":\"2026-01-02T03:04:05.678Z\",\"dev\":\"0\",\"ino\":\"0\",\"uid\":12,\"gid\":0,"
                        + "\"nlink\":1,\"user\":\"\",\"group\":\"staff\",\"xattrs\":[]}",
                "{\"type\":\"xattr\",\"path\":\"/d/b\",\"name\":\"user.x\"}",
                "{\"type\":\"error\",\"path\":\"/d/e\",\"message\":\"no\"}");
    }

    @Test
    void searchingForAFileWritesItAndEndsTheListing() throws Exception {
        CatCommand.Search search = new CatCommand.Search("/d/a", terminal);
        search.emit(file("/d/b", "other"), result -> {});
        assertThatThrownBy(() -> search.emit(file("/d/a", "hello"), result -> {})).hasMessageContaining("found");
        search.end(new IOException("the listing was ended"));
        search.finish("files:///d");
        assertThat(outText()).isEqualTo("hello");
    }

    @Test
    void catExplainsAMissingFileByErrorsAboveIt() throws Exception {
        for (String above : List.of("/", "/d")) {
            CatCommand.Search search = new CatCommand.Search("/d/a", terminal);
            search.emit(new ErrorRecord("/d/b", "of no interest"), result -> {});
            search.emit(new ErrorRecord(above, "permission denied"), result -> {});
            assertThatThrownBy(() -> search.finish("files:///x")).hasMessage(above + ": permission denied");
        }
    }

    @Test
    void searchingSaysWhyThereIsNoContent() {
        CatCommand.Search search = new CatCommand.Search("/d", terminal);
        FileRecord directory = FileRecord.of("/d", FileInfo.directory("d", Instant.EPOCH));
        FileRecord link = FileRecord.symlink("/d", FileInfo.builder("d").mode(FileMode.symlink()).build(), "e");
        assertThatThrownBy(() -> search.emit(directory, result -> {})).hasMessage("/d is no file but a directory");
        assertThatThrownBy(() -> search.emit(link, result -> {})).hasMessage("/d is no file but a symbolic link to e");
        assertThatThrownBy(() -> search.emit(new ErrorRecord("/d", "gone"), result -> {})).hasMessage("/d: gone");
        assertThatThrownBy(() -> search.finish("files:///")).hasMessage("files:/// has no file /d");
        assertThatThrownBy(() -> search.end(new IOException("the server is gone"))).hasMessage("the server is gone");
    }

    @Test
    void pathsWithoutALeadingSlashAreBelowTheRoot() {
        assertThat(CatCommand.wholePath("/d", "a/b")).isEqualTo("/d/a/b");
        assertThat(CatCommand.wholePath("/d", "./a//b/")).isEqualTo("/d/a/b");
        assertThat(CatCommand.wholePath("/", "a")).isEqualTo("/a");
        assertThat(CatCommand.wholePath("/d", "/d/.a")).isEqualTo("/d/.a");
        assertThat(CatCommand.wholePath("/d", "/")).isEqualTo("/");
    }

    @Test
    void progressHasABarOnceTheTotalIsKnown() {
        Duration time = Duration.ofSeconds(2);
        assertThat(CopyProgress.line(new Amount(1, 4_000_000), null, 0, time)).isEqualTo("1 file, 4.0 MB, 2.0 MB/s");
        assertThat(CopyProgress.line(new Amount(5, 0), new Amount(10, 0), 1, time))
                .isEqualTo("[##########          ]  50% 5/10 files, 0 B of 0 B, 0 B/s, 2.0 s left, 1 error");
        assertThat(CopyProgress.line(new Amount(1, 0), new Amount(4, 0), 0, Duration.ofMinutes(2))).endsWith(
                "  25% 1/4 files, 0 B of 0 B, 0 B/s, 6 min 0 s left");
        assertThat(CopyProgress.line(new Amount(5, 0), new Amount(10, 0), 0, Duration.ofSeconds(1)))
                .as("too early to say")
                .doesNotContain("left");
        assertThat(CopyProgress.line(new Amount(9, 9), new Amount(2, 2), 0, time))
                .startsWith("[####################] 100%");
        assertThat(CopyProgress.line(new Amount(0, 0), new Amount(0, 0), 0, time))
                .startsWith("[                    ]   0%");
    }
}
