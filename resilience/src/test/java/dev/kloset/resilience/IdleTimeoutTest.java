package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class IdleTimeoutTest {

    private static final IdleTimeout SHORT = IdleTimeout.of(Duration.ofMillis(500));
    private static final IdleTimeout LONG = IdleTimeout.of(Duration.ofMinutes(1));

    /** Never returns a byte and ignores interrupts; only closing it wakes it up, if anything does. */
    private static class Deaf extends InputStream {

        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() {
            while (closed.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            return -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return read();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void anAnswerInTimeIsReturned() throws Exception {
        assertThat(LONG.call("ask", () -> "answer")).isEqualTo("answer");
        assertThatThrownBy(() -> LONG.call("ask", () -> {
            throw new IOException("no");
        })).isInstanceOf(IOException.class).hasMessage("no");
        assertThatThrownBy(() -> LONG.call("ask", () -> {
            throw new IllegalStateException("bug");
        })).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMissingAnswerIsInterruptedAndALateOneIsClosed() throws Exception {
        Deaf late = new Deaf();
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> SHORT.call("connect to db", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return late;
        })).isInstanceOfSatisfying(ConnectorException.class,
                error -> assertThat(error.kind()).isEqualTo(ErrorKind.TRANSIENT))
                .hasMessage("cannot connect to db: nothing came for 500 ms");
        interrupted.await();
        late.closed.await();
    }

    @Test
    void aStreamGivesAllItsBytes() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(3).nextBytes(bytes);
        try (InputStream in = LONG.open("read", () -> new ByteArrayInputStream(bytes))) {
            assertThat(in.read()).isEqualTo(bytes[0] & 0xFF);
            assertThat(in.readAllBytes()).hasSize(999_999).endsWith(bytes[999_999]);
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InputStream in = LONG.open("read", () -> new ByteArrayInputStream(bytes))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aStalledStreamFailsAfterItsBytesAndIsClosed() throws Exception {
        Deaf deaf = new Deaf();
        InputStream source = new SequenceInputStream(new ByteArrayInputStream(new byte[3]), deaf) {
            @Override
            public void close() {
                deaf.close(); // skips what the original close does first: read to the end
            }
        };
        InputStream in = SHORT.open("read /x", () -> source);
        assertThat(in.readNBytes(3)).hasSize(3);
        assertThatThrownBy(in::read).isInstanceOf(ConnectorException.class)
                .hasMessage("cannot read /x: nothing came for 500 ms");
        deaf.closed.await();
        assertThatThrownBy(in::read).hasMessage("the stream is closed");
    }

    @Test
    void aFailureOfTheStreamReachesTheReader() throws Exception {
        try (InputStream in = LONG.open("read", () -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        })) {
            assertThatThrownBy(in::readAllBytes).hasMessage("broken pipe");
        }
    }

    @Test
    void closingEndsAReadInProgress() throws Exception {
        Deaf deaf = new Deaf();
        LONG.open("read", () -> deaf).close();
        deaf.closed.await();
    }

    @Test
    void aReaderThatIsInterruptedStopsWaiting() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        try (PipedOutputStream out = new PipedOutputStream();
                InputStream in = LONG.open("read", () -> new PipedInputStream(out))) {
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    seen.set(new AssertionError("read " + in.read()));
                } catch (IOException e) {
                    seen.set(e);
                }
            });
            reader.interrupt();
            reader.join();
        }
        assertThat(seen.get()).isInstanceOf(InterruptedIOException.class);
    }
}
