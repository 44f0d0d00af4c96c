package dev.kloset.jdbc.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.jdbc.backup.LineCutter.Lines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream is cut behind a number of lines, however its bytes come. */
class LineCutterTest {

    private static LineCutter cutter(String text, int atOnce) {
        return new LineCutter(new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, atOnce));
            }
        });
    }

    private static List<String> cut(String text, int atOnce, long... counts) throws IOException {
        List<String> all = new ArrayList<>();
        try (LineCutter cutter = cutter(text, atOnce)) {
            for (long count : counts) {
                Lines lines = cutter.take(count, Long.MAX_VALUE);
                all.add(lines == null ? "-" : lines.count() + ":" + new String(lines.bytes(), UTF_8));
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 1000 })
    void everyByteIsInOnePiece(int atOnce) throws IOException {
        assertThat(cut("a\n\nbc\nd\n", atOnce, 2, 0, 1, Long.MAX_VALUE)).containsExactly("2:a\n\n", "0:", "1:bc\n",
                "1:d\n");
        assertThat(cut("a\nb\n", atOnce, 1, 5, 1)).containsExactly("1:a\n", "1:b\n", "0:");
        assertThat(cut("", atOnce, 3)).containsExactly("0:");
    }

    @Test
    void longerThanAllowedIsNull() throws IOException {
        try (LineCutter cutter = cutter("1234\n1234\n12345\n", 1000)) {
            assertThat(cutter.take(2, 10)).isNotNull();
            assertThat(cutter.take(1, 5)).isNull();
        }
    }

    @Test
    void closingEndsTheStream() throws IOException {
        boolean[] isClosed = new boolean[1];
        new LineCutter(new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public void close() {
                isClosed[0] = true;
            }
        }).close();
        assertThat(isClosed).containsExactly(true);
    }
}
