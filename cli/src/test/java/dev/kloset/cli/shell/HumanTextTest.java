package dev.kloset.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HumanTextTest {

    @Test
    void bytesGetAUnitThatKeepsThemShort() {
        assertThat(HumanText.bytes(0)).isEqualTo("0 B");
        assertThat(HumanText.bytes(999)).isEqualTo("999 B");
        assertThat(HumanText.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(HumanText.bytes(999_949)).isEqualTo("999.9 kB");
        assertThat(HumanText.bytes(999_950)).isEqualTo("1.0 MB");
        assertThat(HumanText.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void countsAgreeWithTheirNouns() {
        assertThat(HumanText.count(1, "file", "files")).isEqualTo("1 file");
        assertThat(HumanText.count(1234567, "file", "files")).isEqualTo("1,234,567 files");
    }

    @Test
    void durationsAreAsExactAsTheyAreShort() {
        assertThat(HumanText.duration(Duration.ofMillis(1250))).isEqualTo("1.3 s");
        assertThat(HumanText.duration(Duration.ofSeconds(250))).isEqualTo("4 min 10 s");
        assertThat(HumanText.duration(Duration.ofMinutes(135))).isEqualTo("2 h 15 min");
    }

    @Test
    void namesCannotMoveTheCursor() {
        assertThat(HumanText.visible("a\u001b[2Jb\nc")).isEqualTo("a?[2Jb?c");
    }

    @Test
    void passwordsInLocationsAreNotShown() {
        assertThat(HumanText.withoutPassword("ftp://me:secret@host/x")).isEqualTo("ftp://me:***@host/x");
        assertThat(HumanText.withoutPassword("ftp:me:secret@host/x")).isEqualTo("ftp:me:***@host/x");
        // A password may contain any character: better to hide a part of the path than to show a part of the password.
        assertThat(HumanText.withoutPassword("s3://id:se/cr@et@host/x")).isEqualTo("s3://id:***@host/x");
        assertThat(HumanText.withoutPassword("ftp://me:secret@host/x:y@z")).isEqualTo("ftp://me:***@z");
        assertThat(HumanText.withoutPassword("files:///a:b@c")).isEqualTo("files:///a:b@c");
    }
}
