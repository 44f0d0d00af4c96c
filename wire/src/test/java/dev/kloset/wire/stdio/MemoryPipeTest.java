package dev.kloset.wire.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryPipeTest {

    private static final Executor THREADS = Thread.ofVirtual()::start;

    @Test
    void bytesArriveInOrderThroughANarrowPipe() throws Exception {
        MemoryPipe pipe = new MemoryPipe(37, () -> 13);
        byte[] sent = new byte[100_000];
        new Random(1).nextBytes(sent);
        CompletableFuture<Void> writing = write(pipe, sent, true);
        assertThat(pipe.in().readAllBytes()).isEqualTo(sent);
        writing.join();
    }

    @Test
    void aReadTakesNoMoreThanItsThrottleAllows() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        MemoryPipe pipe = new MemoryPipe(100, new MemoryPipe.Throttle() {
            @Override
            public int most() {
                return taken.get() < 2 ? 1 : 5;
            }

            @Override
            public void taken(int size) {
                taken.addAndGet(size);
            }
        });
        pipe.out().write(new byte[10]);
        InputStream in = pipe.in();
        byte[] target = new byte[100];
        assertThat(new int[]{ in.read(target), in.read(target), in.read(target), in.read(target) })
                .containsExactly(1, 1, 5, 3);
        assertThat(taken).hasValue(10);
    }

    @Test
    void aWriteWaitsUntilItsLastByteFits() throws Exception {
        MemoryPipe pipe = new MemoryPipe(10, () -> Integer.MAX_VALUE);
        CompletableFuture<Void> writing = write(pipe, new byte[15], false);
        pipe.awaitUnread(15);
        assertThat(writing).isNotDone();
        assertThat(pipe.in().readNBytes(10)).hasSize(10);
        writing.join();
        pipe.awaitUnread(5);
    }

    @Test
    void aHeldReaderWaitsAlthoughThereIsSomething() throws Exception {
        MemoryPipe pipe = new MemoryPipe();
        pipe.hold();
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> read(pipe.in()), THREADS);
        pipe.out().write(7);
        pipe.awaitUnread(1);
        assertThat(reading).isNotDone();
        pipe.release();
        assertThat(reading.join()).isEqualTo(7);
    }

    @Test
    void theReaderGetsWhatIsLeftAndThenTheEnd() throws Exception {
        MemoryPipe pipe = new MemoryPipe();
        OutputStream out = pipe.out();
        out.write(new byte[]{ 1, 2 });
        out.close();
        assertThat(pipe.in().readAllBytes()).containsExactly(1, 2);
        assertThatThrownBy(() -> out.write(3)).isInstanceOf(IOException.class).hasMessage("Stream Closed");
    }

    @Test
    void aWriterLearnsThatItsReaderIsGone() throws Exception {
        MemoryPipe pipe = new MemoryPipe(10, () -> Integer.MAX_VALUE);
        CompletableFuture<Void> writing = write(pipe, new byte[15], false);
        pipe.awaitUnread(15);
        pipe.in().close();
        assertThatThrownBy(writing::join).isInstanceOf(CompletionException.class).rootCause().hasMessage("Broken pipe");
    }

    @Test
    void aPipeThatIsCutEndsForBoth() {
        MemoryPipe pipe = new MemoryPipe();
        pipe.cut();
        assertThat(read(pipe.in())).isEqualTo(-1);
        assertThatThrownBy(() -> pipe.out().write(1)).hasMessage("Broken pipe");
    }

    @Test
    void anInterruptEndsARead() {
        MemoryPipe pipe = new MemoryPipe();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pipe.in().read()).isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while waiting for the other end");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static CompletableFuture<Void> write(MemoryPipe pipe, byte[] bytes, boolean last) {
        return CompletableFuture.runAsync(() -> {
            try {
                pipe.out().write(bytes);
                if (last) {
                    pipe.out().close();
                }
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }, THREADS);
    }

    private static int read(InputStream in) {
        try {
            return in.read();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
