package dev.kloset.kafka.restore.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kloset.resilience.Spill;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offsets of groups find the record that they meant. */
class OffsetRunsTest {

    @ParameterizedTest
    @ValueSource(longs = { 0, 40, 1 << 20 })
    void everyOffsetLeadsToItsRecordOrTheNextOne(long memory) throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeMap<Long, Long> places = new TreeMap<>();
            try (Spill spill = new Spill(memory)) {
                OffsetRuns runs = new OffsetRuns(spill);
                long source = random.nextInt(3);
                long target = random.nextInt(3);
                int gap = 1 + random.nextInt(30);
                for (int windows = random.nextInt(8); windows > 0; windows--) {
                    OffsetRuns.Window window = runs.window();
                    for (int records = random.nextInt(60); records > 0; records--) {
                        window.add(source, target);
                        places.put(source, target);
                        source += random.nextInt(gap) == 0 ? 1 + random.nextInt(1000) : 1;
                        target += random.nextInt(gap * 4) == 0 ? 1 + random.nextInt(3) : 1;
                    }
                    window.end();
                }
                for (long offset = 0; offset < source + 3; offset++) {
                    var next = places.ceilingEntry(offset);
                    OptionalLong expected = next == null ? OptionalLong.empty() : OptionalLong.of(next.getValue());
                    if (!runs.target(offset).equals(expected)) { // an assertion for each would take most of the time
                        fail("seed %s, offset %s: %s instead of %s", seed, offset, runs.target(offset), expected);
                    }
                }
            }
        }
    }

    @Test
    void twoMillionGapsFitIntoLittleMemoryAndAFile() throws Exception {
        try (Spill spill = new Spill(1 << 20)) {
            OffsetRuns runs = new OffsetRuns(spill);
            for (int windows = 0; windows < 2000; windows++) {
                OffsetRuns.Window window = runs.window();
                for (long i = 1000L * windows; i < 1000L * windows + 1000; i++) {
                    window.add(3 * i, i);
                }
                window.end();
            }
            assertThat(runs.target(3 * 1_999_999L)).hasValue(1_999_999);
            assertThat(runs.target(3 * 1_234_567L - 1)).hasValue(1_234_567);
            assertThat(runs.target(3 * 1_999_999L + 1)).isEmpty();
        }
    }
}
