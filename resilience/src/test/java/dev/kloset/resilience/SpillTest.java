package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept comes back, from memory and from the file. */
class SpillTest {

    @ParameterizedTest
    @ValueSource(longs = { 0, 5000, 1 << 20 })
    void everythingComesBackInAnyOrder(long memory) throws Exception {
        SplittableRandom random = new SplittableRandom(memory);
        try (Spill spill = new Spill(memory)) {
            List<byte[]> bytes = new ArrayList<>();
            List<Spill.Kept> kept = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                byte[] some = new byte[random.nextInt(300)];
                random.nextBytes(some);
                bytes.add(some.clone());
                kept.add(spill.keep(some));
            }
            for (int i = 99; i >= 0; i--) {
                assertThat(kept.get(i).read()).isEqualTo(bytes.get(i));
                assertThat(kept.get(i).read()).isEqualTo(bytes.get(i));
            }
        }
    }

    @Test
    void aClosedSpillHasNoFile() throws Exception {
        Spill spill = new Spill(0);
        Spill.Kept kept = spill.keep(new byte[10]);
        spill.close();
        assertThatThrownBy(kept::read).isInstanceOf(IOException.class);
    }
}
