package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordLinesTest {

    private static String line(Instant modified) {
        FileInfo info = FileInfo.builder("f").mode(FileMode.regular(0644)).size(1).modTime(modified).build();
        return RecordLines.text(FileRecord.of("/f", info));
    }

    @Test
    void aYearBeforeTheFirstIsNegative() {
        assertThat(line(Instant.parse("-0044-03-15T12:00:00Z"))).contains(" -0044-03-15 ");
    }

    @Test
    void everyTimeThatARecordCanHaveIsPrinted() {
        assertThat(line(Instant.MAX)).contains("+1000000000-12-31");
        assertThat(line(Instant.MIN)).contains("-1000000000-01-01");
    }
}
