package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.FileInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesContentTest {

    private static final int RANGE = 1000;
    private static final int RANGES = 4;

    private final byte[] bytes = new byte[10 * RANGE + 1];
    private final Queue<Long> offsets = new ConcurrentLinkedQueue<>();
    private final RetryTally tally = new RetryTally();
    private final Retry retry = Retry.attempts(3, new FakeSleeper()).countedBy(tally);

    RangesContentTest() {
        new Random(6).nextBytes(bytes);
    }

    private InputStream piece(long offset, long length) {
        offsets.add(offset);
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    private RangesContent content(long size, RangesContent.Source source) {
        return new RangesContent("read /x", size, source, retry).withRanges(RANGES, RANGE);
    }

    private byte[] first(int size) {
        return Arrays.copyOf(bytes, size);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, RANGE - 1, RANGE, RANGE + 1, 3 * RANGE, 4 * RANGE, 4 * RANGE + 1, 10 * RANGE,
        10 * RANGE + 1 })
    void allBytesComeInOrder(int size) throws Exception {
        try (InputStream in = content(size, this::piece).open()) {
            assertThat(in.readAllBytes()).isEqualTo(first(size));
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InputStream in = content(size, this::piece).open()) {
            for (int i = 0; i < size; i++) {
                assertThat(in.read()).isEqualTo(bytes[i] & 0xFF);
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void asManyRangesAreReadAtOnceAsWereAskedFor() throws Exception {
        CyclicBarrier all = new CyclicBarrier(RANGES);
        RangesContent content = content(8 * RANGE, (offset, length) -> {
            try {
                all.await();
            } catch (BrokenBarrierException e) {
                throw new IOException(e);
            }
            return piece(offset, length);
        });
        try (InputStream in = content.open()) {
            assertThat(in.readAllBytes()).isEqualTo(first(8 * RANGE));
        }
    }

    @Test
    void noMoreRangesAreHeldThanWereAskedFor() throws Exception {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RangesContent content = content(bytes.length, (offset, length) -> {
            most.accumulateAndGet(held.incrementAndGet(), Math::max);
            return piece(offset, length);
        });
        try (InputStream in = content.open()) {
            for (int range = 0; range < 10; range++) {
                assertThat(in.readNBytes(RANGE)).hasSize(RANGE);
                // Until the next byte is wanted, this range is still in memory.
                held.decrementAndGet();
            }
            assertThat(in.readAllBytes()).hasSize(1);
        }
        assertThat(most.get()).isLessThanOrEqualTo(RANGES);
    }

    @Test
    void aRangeThatBreaksGoesOnAtItsOffset() throws Exception {
        Set<Long> broken = ConcurrentHashMap.newKeySet();
        RangesContent content = content(bytes.length, (offset, length) -> {
            boolean breaks = broken.add(offset / RANGE);
            offsets.add(offset);
            return new ByteArrayInputStream(bytes, (int) offset, breaks ? (int) Math.min(length, 300) : (int) length) {
                @Override
                public synchronized int read(byte[] buffer, int start, int count) {
                    return super.read(buffer, start, Math.min(count, 300));
                }
            };
        });
        try (InputStream in = content.open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        // The last range has one byte only, and so no end before its end.
        assertThat(offsets).hasSize(21).contains(0L, 300L, 1000L, 1300L, 9000L, 9300L, 10_000L);
        assertThat(tally.retries()).isEqualTo(10);
    }

    @Test
    void aFailureComesAfterAllBytesBeforeItAndEndsTheOthers() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        RangesContent content = content(bytes.length, (offset, length) -> {
            if (offset == 2 * RANGE) {
                throw new NoSuchFileException("/x");
            }
            if (offset == 3 * RANGE) {
                try {
                    new CountDownLatch(1).await();
                } finally {
                    ended.countDown();
                }
            }
            return piece(offset, length);
        });
        try (InputStream in = content.open()) {
            assertThat(in.readNBytes(2 * RANGE)).isEqualTo(first(2 * RANGE));
            assertThatThrownBy(in::read).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(in::read).hasMessage("the stream is closed");
        }
        ended.await();
    }

    @Test
    void aRangeThatMakesNoProgressIsNamedByItsPlace() throws Exception {
        RangesContent content = content(bytes.length, (offset, length) -> {
            if (offset == RANGE) {
                throw new SocketException("Connection reset");
            }
            return piece(offset, length);
        });
        try (InputStream in = content.open()) {
            assertThatThrownBy(in::readAllBytes)
                    .hasMessageContaining("cannot read /x from byte 1000, given up after 3 attempts in ");
        }
    }

    @Test
    void aSourceThatEndsEarlyNeverPassesForAWholeOne() throws Exception {
        RangesContent content = content(bytes.length,
                (offset, _) -> offset % RANGE == 0 ? piece(offset, 7) : InputStream.nullInputStream());
        try (InputStream in = content.open()) {
            assertThatThrownBy(in::readAllBytes).hasMessageEndingWith(": it ended after 7 of 1000 bytes");
        }
    }

    private RangesContent hanging(CountDownLatch started, CountDownLatch interrupted) {
        return content(bytes.length, (_, _) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                throw new IOException("never");
            } finally {
                interrupted.countDown();
            }
        });
    }

    @Test
    void closingInterruptsWhatIsReadAheadAndAReaderThatWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(RANGES);
        CountDownLatch interrupted = new CountDownLatch(RANGES);
        InputStream in = hanging(started, interrupted).open();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                in.read();
            } catch (IOException e) {
                seen.set(e);
            }
        });
        started.await();
        in.close();
        interrupted.await();
        reader.join();
        assertThat(seen.get()).isInstanceOf(IOException.class);
    }

    @Test
    void interruptingTheReaderEndsItAndTheRanges() throws Exception {
        CountDownLatch started = new CountDownLatch(RANGES);
        CountDownLatch interrupted = new CountDownLatch(RANGES);
        InputStream in = hanging(started, interrupted).open();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                in.read();
            } catch (IOException e) {
                seen.set(e);
                flag.set(Thread.interrupted());
            }
        });
        started.await();
        reader.interrupt();
        interrupted.await();
        reader.join();
        assertThat(seen.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(flag).isTrue();
    }

    @Test
    void theConnectionsOfAPoolAreUsedAgain() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ConnectionPool<AutoCloseable> pool = new ConnectionPool<>("the server", RANGES, Duration.ofMinutes(10),
                () -> {
                    connections.incrementAndGet();
                    return () -> {};
                })) {
            RangesContent content = content(bytes.length,
                    (offset, length) -> pool.stream(_ -> piece(offset, length)));
            for (int i = 0; i < 5; i++) {
                try (InputStream in = content.open()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
        assertThat(connections.get()).isLessThanOrEqualTo(RANGES);
    }

    @Test
    void aServerThatStallsAndResetsIsReadWhole() throws Exception {
        byte[] film = new byte[900_000];
        new Random(7).nextBytes(film);
        try (FlakyWebServer server = FlakyWebServer.of(Map.of("/film", film))) {
            IdleTimeout timeout = IdleTimeout.of(Duration.ofMillis(300));
            RangesContent content = new RangesContent("read /film", film.length,
                    (offset, _) -> timeout.open("read /film", () -> get(server, offset)),
                    Retry.attempts(50).backoff(Duration.ofMillis(1), Duration.ofMillis(10)).countedBy(tally))
                    .withRanges(RANGES, 100_000);
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).isEqualTo(film);
            }
            assertThat(server.stalls() + server.resets()).isPositive();
            assertThat(tally.retries()).isPositive();
        }
    }

    private static InputStream get(FlakyWebServer server, long offset) throws IOException {
        var connection = (HttpURLConnection) URI.create("http://" + server.address() + "/film")
                .toURL()
                .openConnection();
        connection.setRequestProperty("Range", "bytes=" + offset + "-");
        return connection.getInputStream();
    }

    @Test
    void aSizeIsNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> content(FileInfo.UNKNOWN_SIZE, this::piece))
                .withMessage("ranges need a size: use ResumingContent where it is not known");
    }
}
