package dev.kloset.files.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.files.source.XattrReaderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to extended attributes on files and links; on Linux one can stand in for the other. */
final class XattrsTest {

    private static final byte[] NAME = "user.a".getBytes(UTF_8);
    private static final byte[] LARGE = "v".repeat(3000).getBytes(UTF_8);

    @TempDir
    Path base;

    private byte[] file;
    private byte[] link;

    @BeforeEach
    void makeFiles() throws IOException {
        Path made = base.resolve("f");
        Assumptions.assumeTrue(XattrReaderTest.set(made, "user.a", "old"), "this file system has extended attributes");
        file = WalkName.bytes(made);
        link = WalkName.bytes(Files.createSymbolicLink(base.resolve("link"), Path.of("f")));
    }

    private static XattrCalls calls(boolean follow) {
        return Objects.requireNonNull(XattrCalls.of(follow), "this system has no such calls");
    }

    @Test
    void whatIsSetIsListedAndRead() throws Exception {
        Xattrs.set(file, false, "user.b", LARGE);
        assertThat(names(Xattrs.list(file, false))).containsExactlyInAnyOrder("user.a", "user.b");
        assertThat(Xattrs.value(file, "user.b".getBytes(UTF_8), false)).isEqualTo(LARGE);
        assertThat(Xattrs.value(file, NAME, true)).asString().isEqualTo("old");
        Xattrs.set(file, false, "user.a", new byte[0]);
        assertThat(Xattrs.value(file, NAME, false)).isEmpty();
        assertThat(Xattrs.has(file, "user.b")).isTrue();
        Xattrs.remove(file, "user.b");
        Xattrs.remove(file, "user.b");
        assertThat(Xattrs.has(file, "user.b")).isFalse();
        assertThat(names(Xattrs.list(file, false))).containsExactly("user.a");
    }

    @Test
    void aLinkIsFollowedIfThatIsAskedFor() throws Exception {
        Xattrs.set(link, true, "user.a", new byte[]{ 'n', 'e', 'w' });
        assertThat(Xattrs.value(link, NAME, true)).asString().isEqualTo("new");
        assertThat(names(Xattrs.list(link, true))).containsExactly("user.a");
        assertThat(Xattrs.list(link, false)).isEmpty();
        assertThatThrownBy(() -> Xattrs.set(link, false, "user.a", NAME)).hasMessage("Operation not permitted");
        assertThat(Xattrs.value(file, NAME, false)).asString().isEqualTo("new");
    }

    @Test
    void theOtherCallsDoTheSame() throws Exception {
        calls(false).set(file, "user.b".getBytes(UTF_8), LARGE);
        assertThat(calls(false).list(file)).isEqualTo(Xattrs.list(file, false));
        assertThat(calls(true).value(link, "user.b".getBytes(UTF_8))).isEqualTo(LARGE);
        assertThat(calls(true).list(link)).isEqualTo(calls(false).list(file));
        assertThat(calls(false).list(link)).isEmpty();
        calls(true).set(link, NAME, new byte[0]);
        assertThat(Xattrs.value(file, NAME, false)).isEmpty();
        assertThatThrownBy(() -> calls(false).set(link, NAME, NAME)).hasMessage("Operation not permitted");
    }

    @Test
    void whatIsNotThereIsAnError() {
        byte[] gone = WalkName.bytes(base.resolve("gone"));
        byte[] other = "user.other".getBytes(UTF_8);
        assertThatThrownBy(() -> Xattrs.list(gone, false)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> calls(false).list(gone)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Xattrs.value(file, other, false)).isInstanceOf(IOException.class)
                .hasMessageEndingWith("No data available");
        assertThatThrownBy(() -> calls(false).value(file, other)).hasMessage("No data available");
        assertThatThrownBy(() -> Xattrs.set(gone, false, "user.a", NAME)).hasMessage("No such file or directory");
        assertThat(Xattrs.has(gone, "user.a")).isFalse();
    }

    private static String[] names(byte[] list) {
        return list.length == 0 ? new String[0] : new String(list, UTF_8).split("\0");
    }
}
