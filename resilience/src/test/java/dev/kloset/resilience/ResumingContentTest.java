package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.FileInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumingContentTest {

    private static final int PIECE = 1000;

    private final byte[] bytes = new byte[10 * PIECE + 1];
    private final List<Long> offsets = new ArrayList<>();
    private final RetryTally tally = new RetryTally();
    private final Retry retry = Retry.attempts(3, new FakeSleeper()).countedBy(tally);

    ResumingContentTest() {
        new Random(4).nextBytes(bytes);
    }

    /** Returns a piece, then fails or ends. */
    private final class Fragile extends InputStream {

        private final InputStream piece;
        private final boolean ends;

        Fragile(long offset, boolean ends) {
            this.piece = new ByteArrayInputStream(bytes, (int) offset, PIECE);
            this.ends = ends || offset + PIECE >= bytes.length;
        }

        @Override
        public int read() throws IOException {
            int one = piece.read();
            if (one < 0 && !ends) {
                throw new SocketException("Connection reset");
            }
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = piece.read(buffer, offset, length);
            if (count < 0 && !ends) {
                throw new SocketException("Connection reset");
            }
            return count;
        }
    }

    private InputStream fragile(long offset) {
        offsets.add(offset);
        return new Fragile(offset, false);
    }

    @Test
    void aStreamResumesWhereItBrokeHoweverOften() throws Exception {
        try (InputStream in = new ResumingContent("read /x", bytes.length, this::fragile, retry).open()) {
            assertThat(in.read()).isEqualTo(bytes[0] & 0xFF);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        assertThat(offsets).hasSize(11).startsWith(0L, 1000L, 2000L);
        assertThat(tally).hasToString("10 retries (10 × Connection reset)");
    }

    @Test
    void anEarlyEndIsABrokenStreamIfTheSizeIsKnown() throws Exception {
        ResumingContent.Source ending = offset -> new Fragile(offset, true);
        try (InputStream in = new ResumingContent("read /x", bytes.length, ending, retry).open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        try (InputStream in = new ResumingContent("read /x", FileInfo.UNKNOWN_SIZE, ending, retry).open()) {
            assertThat(in.readAllBytes()).hasSize(PIECE);
        }
        try (InputStream in = new ResumingContent("read /x", bytes.length + 1, ending, retry).open()) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("cannot read /x, given up after 3 attempts in ")
                    .hasMessageEndingWith(": it ended after 10001 of 10002 bytes");
        }
    }

    @Test
    void aSourceWithoutProgressIsGivenUp() {
        assertThatThrownBy(() -> new ResumingContent("read /x", 1, offset -> {
            offsets.add(offset);
            throw new SocketException("Connection refused");
        }, retry).open()).hasMessageContaining("cannot read /x, given up after 3 attempts in ")
                .hasMessageEndingWith(": Connection refused");
        assertThat(offsets).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aPermanentFailureIsNotRetried() throws Exception {
        try (InputStream in = new ResumingContent("read /x", bytes.length, offset -> {
            if (offset > 0) {
                throw new NoSuchFileException("/x");
            }
            return fragile(offset);
        }, retry).open()) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aSourceWithoutRangesIsReadAgainFromItsStart() throws Exception {
        int[] streams = { 0 };
        ResumingContent.Source source = ResumingContent.Source.fromStart(() -> streams[0]++ < 2
                ? new Fragile(0, false)
                : new ByteArrayInputStream(bytes));
        try (InputStream in = new ResumingContent("read /x", bytes.length, source, retry).open()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(streams[0]).isEqualTo(3);
    }
}
