package dev.kloset.jdbc.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Rows between the database and the host take a bounded memory. */
class RowMemoryTest {

    private static final Duration FOREVER = Duration.ofHours(1);

    private static HeldRows rows(String text) {
        return new HeldRows(text.getBytes(UTF_8), _ -> new ByteArrayInputStream("again".getBytes(UTF_8)));
    }

    private static String read(HeldRows rows) throws IOException {
        try (InputStream in = rows.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void whatNeedsMoreThanThereIsWaitsUntilTheHostHasAcknowledged() throws Exception {
        RowMemory memory = new RowMemory(10, FOREVER);
        HeldRows first = rows("12345678");
        assertThat(memory.tryReserve(8)).isTrue();
        memory.hold(first);
        assertThat(memory.tryReserve(8)).isFalse();
        FutureTask<Boolean> second = new FutureTask<>(() -> {
            memory.reserve(8);
            return true;
        });
        Thread.ofVirtual().start(second);

        memory.release(first);

        assertThat(second.get()).isTrue();
        assertThat(memory.tryReserve(3)).isFalse();
        memory.giveBack(1);
        assertThat(memory.tryReserve(3)).isTrue();
    }

    @Test
    void moreThanThereIsGoesAlone() throws Exception {
        RowMemory memory = new RowMemory(10, FOREVER);
        memory.reserve(1000);
        assertThat(memory.tryReserve(1)).isFalse();
    }

    @Test
    void whatAQuietHostHasNotOpenedIsDroppedAndReadAgainWhenItIsOpened() throws Exception {
        RowMemory memory = new RowMemory(10, Duration.ofMillis(1));
        HeldRows opened = rows("open");
        HeldRows waiting = rows("wait");
        memory.reserve(8);
        memory.hold(opened);
        memory.hold(waiting);
        assertThat(read(opened)).isEqualTo("open");

        memory.reserve(6);

        assertThat(read(opened)).isEqualTo("open");
        assertThat(read(waiting)).isEqualTo("again");
        memory.release(waiting);
        assertThat(memory.tryReserve(1)).as("what was dropped is not given back twice").isFalse();
        memory.release(opened);
        assertThat(memory.tryReserve(4)).isTrue();
    }
}
