package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Waits for files that other code closes, in simulated time. */
final class OpenFileLimitTest {

    private final AtomicLong now = new AtomicLong();
    private final OpenFileLimit.Waiting waiting = new OpenFileLimit.Waiting(now::get, now::addAndGet);

    private Duration inVain() {
        long start = now.get();
        assertThatThrownBy(() -> waiting.retrying(OpenFileLimitTest::fail)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("too many open files: this process may open")
                .hasMessageContaining("(ulimit -n)");
        return Duration.ofNanos(now.get() - start);
    }

    private static Object fail() throws IOException {
        throw Errno.failure(Errno.EMFILE, "file");
    }

    @Test
    void aWaitEndsWithASentenceAndRepeatedFailuresShortenIt() throws Exception {
        assertThat(inVain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(inVain()).isEqualTo(Duration.ofSeconds(10));
        Duration all = Duration.ZERO;
        for (int i = 0; i < 1000; i++) {
            all = all.plus(inVain());
            assertThat(waiting.retrying(() -> "another file")).isEqualTo("another file");
        }
        assertThat(all).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aSuccessfulWaitMakesTheNextOneLong() throws Exception {
        inVain();
        inVain();
        long start = now.get();
        assertThat(waiting.<Object>retrying(() -> now.get() == start ? fail() : "opened")).isEqualTo("opened");
        assertThat(inVain()).isEqualTo(Duration.ofSeconds(20));
    }
}
