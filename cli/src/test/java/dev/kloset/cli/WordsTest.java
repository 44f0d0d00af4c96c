package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void bytesGetAUnitThatKeepsThemShort() {
        assertThat(Words.bytes(0)).isEqualTo("0 B");
        assertThat(Words.bytes(999)).isEqualTo("999 B");
        assertThat(Words.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Words.bytes(999_949)).isEqualTo("999.9 kB");
        assertThat(Words.bytes(999_950)).isEqualTo("1.0 MB");
        assertThat(Words.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void countsAgreeWithTheirNouns() {
        assertThat(Words.count(1, "file", "files")).isEqualTo("1 file");
        assertThat(Words.count(1234567, "file", "files")).isEqualTo("1,234,567 files");
    }

    @Test
    void durationsAreAsExactAsTheyAreShort() {
        assertThat(Words.duration(Duration.ofMillis(1250))).isEqualTo("1.3 s");
        assertThat(Words.duration(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
        assertThat(Words.duration(Duration.ofMinutes(135))).isEqualTo("2 h 15 min");
    }

    @Test
    void namesCannotMoveTheCursor() {
        assertThat(Words.visible("a\u001b[2Jb\nc")).isEqualTo("a?[2Jb?c");
    }

    @Test
    void passwordsInLocationsAreNotShown() {
        assertThat(Words.withoutPassword("ftp://me:secret@host/x")).isEqualTo("ftp://me:***@host/x");
        assertThat(Words.withoutPassword("ftp:me:secret@host/x")).isEqualTo("ftp:me:***@host/x");
        // A password may hold whatever it wants: rather a path too little than a password too much.
        assertThat(Words.withoutPassword("s3://id:se/cr@et@host/x")).isEqualTo("s3://id:***@host/x");
        assertThat(Words.withoutPassword("ftp://me:secret@host/x:y@z")).isEqualTo("ftp://me:***@z");
        assertThat(Words.withoutPassword("files:///a:b@c")).isEqualTo("files:///a:b@c");
    }
}
