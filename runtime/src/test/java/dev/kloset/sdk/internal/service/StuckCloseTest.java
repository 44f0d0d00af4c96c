package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing a connector that waits in a channel which even an interrupt cannot close: that close blocks, too. */
class StuckCloseTest {

    private static final Duration LIMIT = Duration.ofMillis(50);

    private final CountDownLatch inChannel = new CountDownLatch(1);
    private final CountDownLatch inClose = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void closingGivesUpWhenTheTimeIsOver() throws Exception {
        ConnectorSlot<Importer> slot = slot();

        assertThat(slot.close(LIMIT)).isFalse();
        inClose.await(); // it was interrupted all the same
    }

    @Test
    void theEndOfTheHostIsNotHeldUp() throws Exception {
        ConnectorSlot<Importer> slot = slot();

        assertThatCode(() -> slot.end(LIMIT)).doesNotThrowAnyException();
        inClose.await();
    }

    private ConnectorSlot<Importer> slot() throws Exception {
        ConnectorSlot<Importer> slot = new ConnectorSlot<>("importer");
        slot.init(Stuck::new);
        return slot;
    }

    private void awaitRelease() {
        while (released.getCount() > 0) {
            LockSupport.park(released);
            Thread.interrupted();
        }
    }

    /** A client that takes leave of a server that does not answer. */
    private final class Channel extends AbstractInterruptibleChannel {

        void use() throws IOException {
            begin();
            inChannel.countDown();
            try {
                awaitRelease();
            } finally {
                end(true);
            }
        }

        @Override
        protected void implCloseChannel() {
            inClose.countDown();
            awaitRelease();
        }
    }

    private final class Stuck implements Importer {

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "t";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void importRecords(RecordSink records) {}

        @Override
        public void close() throws IOException {
            new Channel().use();
        }
    }
}
