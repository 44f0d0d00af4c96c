package dev.kloset.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a plugin writes to standard error, line by line and in pieces. */
class StderrTailTest {

    private static final String SECRET = "s3cr\u00e9t";
    private static final String LAST = "the last line";

    private static String said(String text, UnaryOperator<String> hiding) throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        byte[] bytes = (text + "\n" + LAST + "\n").getBytes(StandardCharsets.UTF_8);
        new StderrTail("test", new ByteArrayInputStream(bytes), hiding, lines::add);
        StringBuilder all = new StringBuilder();
        for (String line = lines.take(); !line.equals(LAST); line = lines.take()) {
            assertThat(line).hasSizeLessThanOrEqualTo(16 * 1024);
            all.append(line);
        }
        return all.toString();
    }

    @Test
    void aLongLineIsNotDividedWithinASecret() throws InterruptedException {
        String text = (SECRET + "-").repeat(20_000);
        assertThat(said(text, line -> line.replace(SECRET, "***"))).isEqualTo("***-".repeat(20_000));
        assertThat(said(text, UnaryOperator.identity())).isEqualTo(text);
    }

    @Test
    void textThatCannotBeRedactedIsNotShown() throws InterruptedException {
        assertThat(said(SECRET, line -> {
            if (line.equals(LAST)) {
                return line;
            }
            throw new IllegalStateException("does not know");
        })).isEmpty();
    }
}
