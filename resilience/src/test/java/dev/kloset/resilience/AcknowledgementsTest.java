package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private final AtomicInteger ends = new AtomicInteger();
    private final Acknowledgements acknowledgements = new Acknowledgements(Duration.ofMillis(50),
            ends::incrementAndGet);
    private final Queue<Runnable> host = new ArrayDeque<>();

    private static FileRecord record(String path) {
        return FileRecord.file(path, 4, Instant.EPOCH, Content.of("text"));
    }

    private void emit(String path) throws IOException, InterruptedException {
        acknowledgements.emit((record, onResult) -> host.add(() -> onResult.accept(ConnectorResult.ok(record))),
                record(path), _ -> {});
    }

    @Test
    void aHostThatHasAcknowledgedAllNeedsNothing() throws Exception {
        emit("/a");
        emit("/b");
        host.forEach(Runnable::run);

        assertThat(acknowledgements.await(() -> {})).isTrue();
        assertThat(ends).hasValue(0);
    }

    @Test
    void theLastAcknowledgementOfAQuietHostIsSeen() throws Exception {
        emit("/a");
        emit("/b");

        assertThat(acknowledgements.await(() -> {})).isFalse();
        host.remove().run();
        assertThat(ends).hasValue(0);
        host.remove().run();
        assertThat(ends).hasValue(1);
    }

    @Test
    void aHostThatReadsIsNotQuiet() throws Exception {
        emit("/a");
        FutureTask<Boolean> wait = new FutureTask<>(() -> acknowledgements.await(() -> {}));
        InputStream in = acknowledgements.counted(Content.of("text")).open();
        assertThat(Thread.ofVirtual().start(wait).join(Duration.ofMillis(500))).isFalse();
        in.close();
        in.close(); // counts once

        assertThat(wait.get()).isFalse();
    }

    @Test
    void whatTheHostDoesNotTakeIsNotCounted() throws Exception {
        RecordSink full = (_, _) -> {
            throw new IOException("full");
        };
        ConnectorRecord record = record("/a");
        assertThatThrownBy(() -> acknowledgements.emit(full, record, _ -> {})).hasMessage("full");
        assertThatThrownBy(() -> acknowledgements.counted(() -> {
            throw new IOException("unreadable");
        }).open()).hasMessage("unreadable");

        assertThat(acknowledgements.await(() -> {})).isTrue();
    }

    @Test
    void aSourceThatIsNotHeldAnyMoreEndsTheWait() throws Exception {
        emit("/a");
        AtomicInteger checks = new AtomicInteger();

        assertThatThrownBy(() -> acknowledgements.await(() -> {
            if (checks.incrementAndGet() == 2) {
                throw new IOException("gone");
            }
        })).hasMessage("gone");
    }
}
