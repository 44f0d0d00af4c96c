package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTypeTest {

    private static final List<String> TEXTS = List.of("", "a", "\0", "a\0b", "two\nlines", " ", "1", "0", "2", "-1",
            "007", "t",
            "T", "true", "TRUE", "True", "tRUE", "true ", "f", "F", "false", "FALSE", "False", "no", "1.5", "30s",
            "1h30m",
            "512kB", "16MiB", "https://host/path", "files:///tmp/ä", "/etc");

    /** The schema has the pattern; the check of most types does not use it. */
    @ParameterizedTest
    @EnumSource
    void aTextMatchesExactlyWhereThePatternDoes(SettingType type) {
        for (String text : TEXTS) {
            assertThat(type.matches(text)).as("\"%s\"", text).isEqualTo(Pattern.matches(type.pattern(), text));
        }
    }
}
