package dev.kloset.sdk.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a user at a terminal reads during an import of unknown size. */
class ImportProgressTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void aLineHasRecordsBytesAndRate() {
        assertThat(ImportProgress.line(0, 0, 0)).isEqualTo("0 records, 0 B read, 0 B/s");
        assertThat(ImportProgress.line(1, 1023, 10.7)).isEqualTo("1 record, 1023 B read, 10 B/s");
        assertThat(ImportProgress.line(12_345, 1_288_490_189, 47_185_920))
                .isEqualTo("12,345 records, 1.2 GiB read, 45.0 MiB/s");
        assertThat(ImportProgress.line(2, Long.MAX_VALUE, 0)).isEqualTo("2 records, 8.0 EiB read, 0 B/s");
    }

    @Test
    void recordsAndBytesAreCountedAsTheyGo() throws Exception {
        try (ImportProgress progress = new ImportProgress(PAUSE, false, lines::add)) {
            progress.record();
            progress.sent(24);
            try (InputStream in = progress.counted(new ByteArrayInputStream(new byte[1000]))) {
                assertThat(in.read()).isZero();
                assertThat(in.readAllBytes()).hasSize(999);
                assertThat(in.read()).isNegative();
            }
            progress.start();
            assertThat(lines.take()).startsWith("1 record, 1.0 KiB read, ");
            assertThat(lines.take()).isEqualTo("1 record, 1.0 KiB read, 0 B/s");
        }
    }

    @Test
    void nothingRemainsBelowAPicture() throws Exception {
        ImportProgress progress = new ImportProgress(PAUSE, true, lines::add);
        progress.start();
        assertThat(lines.take()).isNotEmpty();
        progress.close();
        String line = lines.take();
        while (!line.isEmpty()) {
            line = lines.take();
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void itCanBeTurnedOff() {
        assertThat(ImportProgress.begin(Map.of("KLOSET_PROGRESS", "off"), lines::add)).isNull();
        assertThat(ImportProgress.begin(Map.of("KLOSET_PROGRESS", "0"), lines::add)).isNull();
    }

    @Test
    void itCanBeTurnedOnWhereThereIsNoTerminal() {
        try (ImportProgress progress = ImportProgress.begin(Map.of("KLOSET_PROGRESS", "on"), lines::add)) {
            assertThat(progress).isNotNull();
        }
    }
}
