package dev.kloset.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.internal.Redactor;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {

    /** Code that reads {@link Sentence#words} removes secrets from them, which brings distant parts closer together. */
    @Test
    void wordsThatAreCutSaySo() {
        String key = "k3y-".repeat(1_000);
        String words = Sentence.words(new IOException((key + " or ").repeat(20)));
        assertThat(Sentence.of(Redactor.of(List.of(key)).hide(words))).isEqualTo("*** or *** or *** or *** or *** …");
    }

    @Test
    void aTraceThatIsTooLongSaysSo() {
        String trace = "failed\n" + "\tat a.B.c(B.java:1)\n".repeat(13_106);
        int room = (1 << 18) - trace.length();
        String text = trace + "x".repeat(room - 10) + " long-secret";
        assertThat(Redactor.of(List.of("long-secret")).hide(Sentence.of(text))).endsWith("xxx *** …");
    }

    @Test
    void anEmptyTextIsNeverEmptyOnTheWire() {
        assertThat(Sentence.of("")).isEqualTo("failed without saying why");
        assertThat(Sentence.of(" \n\t")).isEqualTo("failed without saying why");
        assertThat(Sentence.of((String) null)).isEqualTo("failed without saying why");
        assertThat(Sentence.of(new IOException())).isEqualTo("java.io.IOException without a message");
    }

    @Test
    void linesBecomeOneLine() {
        assertThat(Sentence.of("  first\r\n\tsecond\u0007 third\u001b[31m ")).isEqualTo("first second third [31m");
    }

    @Test
    void brokenUnicodeIsReplacedAndWholeCharactersAreKept() {
        assertThat(Sentence.of("a\uD800b")).isEqualTo("a\uFFFDb");
        assertThat(Sentence.of("\uDC00")).isEqualTo("\uFFFD");
        assertThat(Sentence.of("x😀y")).isEqualTo("x😀y");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        String cut = Sentence.of("ä😀".repeat(10_000));

        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(Sentence.MAX_BYTES - 8, Sentence.MAX_BYTES);
        assertThat(cut).endsWith(" …").doesNotContain("\uFFFD");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
    }

    @Test
    void exceptionsThatCarryOnlyAPathAreExplained() {
        assertThat(Sentence.of(new NoSuchFileException("/a"))).isEqualTo("no such file or directory: /a");
        assertThat(Sentence.of(new AccessDeniedException("/a"))).isEqualTo("permission denied: /a");
        assertThat(Sentence.of(new FileSystemException("/a", null, "Too many links"))).isEqualTo("/a: Too many links");
        assertThat(Sentence.of(new UnknownHostException("nowhere.test"))).isEqualTo("unknown host nowhere.test");
        assertThat(Sentence.of(new EOFException())).isEqualTo("unexpected end of data");
    }

    @Test
    void theCauseSpeaksForAnExceptionThatSaysNothing() {
        assertThat(Sentence.of(new IOException(null, new AccessDeniedException("/a"))))
                .isEqualTo("permission denied: /a");
        assertThat(Sentence.of(new UncheckedIOException(new NoSuchFileException("/b"))))
                .contains("/b");
    }

    @Test
    void bugsAreNamedByTheirType() {
        assertThat(Sentence.of(new IndexOutOfBoundsException("Index 3 out of bounds for length 2")))
                .isEqualTo("java.lang.IndexOutOfBoundsException: Index 3 out of bounds for length 2");
        assertThat(Sentence.of(new StackOverflowError())).isEqualTo("java.lang.StackOverflowError without a message");
        assertThat(Sentence.of(new IllegalArgumentException("size must be positive")))
                .isEqualTo("size must be positive");
    }
}
