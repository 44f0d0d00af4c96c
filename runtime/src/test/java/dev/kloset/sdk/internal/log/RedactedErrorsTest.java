package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What libraries print has no secrets, and comes in whole lines. */
class RedactedErrorsTest {

    private final List<String> lines = new ArrayList<>();
    private final SecretRedactor secrets = new SecretRedactor();
    private final RedactedErrors errors = new RedactedErrors(secrets,
            bytes -> lines.add(new String(bytes, StandardCharsets.UTF_8)));
    private final PrintStream print = new PrintStream(errors, true, StandardCharsets.UTF_8);

    RedactedErrorsTest() {
        secrets.learn(Map.of("password", "s3cr\u00e9t one", "private_key", "first line\nsecond line"), null);
    }

    @Test
    void aSecretThatIsPrintedInPiecesIsHidden() {
        print.print("the password is s3cr");
        print.flush();
        print.append('\u00e9').print("t one");
        assertThat(lines).isEmpty();
        print.println("!");
        assertThat(lines).containsExactly("the password is ***!\n");
    }

    @Test
    void everyLineOfAStackTraceIsRedacted() {
        new IllegalStateException("no first line\nsecond line", new Exception("s3cr\u00e9t one"))
                .printStackTrace(print);
        assertThat(lines).anyMatch(line -> line.endsWith("IllegalStateException: no ***\n"))
                .anyMatch(line -> line.equals("***\n"))
                .anyMatch(line -> line.equals("Caused by: java.lang.Exception: ***\n"))
                .noneMatch(
                        line -> line.contains("s3cr") || line.contains("first line") || line.contains("second line"));
    }

    @Test
    void aLineWithoutAnEndIsWrittenAtTheEnd() {
        print.print("s3cr\u00e9t one and no more");
        errors.end();
        errors.end();
        assertThat(lines).containsExactly("*** and no more");
    }

    @Test
    void aLineThatIsTooLongIsNotDividedWithinASecret() {
        print.println("s3cr\u00e9t one-".repeat(6_000));
        assertThat(String.join("", lines)).isEqualTo("***-".repeat(6_000) + "\n");
        assertThat(lines).hasSizeGreaterThan(1);
    }

    @Test
    void aLineThatIsTooLongIsNotDividedWithinALongSecretEither() {
        String token = "t0k\u00e9n".repeat(4_000);
        secrets.learn(Map.of("token", token), null);
        print.println("x".repeat(60_000) + token + "!");
        assertThat(String.join("", lines)).isEqualTo("x".repeat(60_000) + "***!\n");
    }

    @Test
    void bytesThatAreNotTextStayAsTheyAre() {
        List<byte[]> seen = new ArrayList<>();
        RedactedErrors raw = new RedactedErrors(secrets, seen::add);
        raw.write(new byte[]{ (byte) 0xFF, 'x', '\n' }, 0, 3);
        assertThat(seen).containsExactly(new byte[]{ (byte) 0xFF, 'x', '\n' });
    }
}
