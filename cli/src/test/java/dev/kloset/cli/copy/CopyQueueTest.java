package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CopyQueueTest {

    private static CopyItem item(String pathname, boolean readAhead) {
        return new CopyItem(new ErrorRecord(pathname, "unused"), PendingContent.opened(Content.of("")), readAhead,
                () -> {});
    }

    @Test
    void itemsComeOutInOrderFollowedByTheEnd() throws Exception {
        CopyQueue queue = new CopyQueue(4, 4);
        queue.put(item("/1", false));
        queue.put(item("/2", true));
        queue.end();
        assertThat(queue.take()).extracting(p -> p.record().pathname()).isEqualTo("/1");
        assertThat(queue.take()).extracting(p -> p.record().pathname()).isEqualTo("/2");
        assertThat(queue.take()).isNull();
        assertThat(queue.take()).isNull();
    }

    @Test
    void aFullQueueBlocksUntilAnItemIsTaken() throws Exception {
        CopyQueue queue = new CopyQueue(1, 4);
        queue.put(item("/1", false));
        CountDownLatch put = new CountDownLatch(1);
        Thread blocked = start(() -> {
            queue.put(item("/2", false));
            put.countDown();
        });
        awaitWaiting(blocked);
        assertThat(put.getCount()).isOne();
        queue.take();
        put.await();
    }

    @Test
    void itemsThatHoldMemoryCountUntilTheyAreUnloaded() throws Exception {
        CopyQueue queue = new CopyQueue(10, 1);
        queue.put(item("/1", true));
        queue.take();
        CountDownLatch put = new CountDownLatch(1);
        Thread blocked = start(() -> {
            queue.put(item("/2", true));
            put.countDown();
        });
        awaitWaiting(blocked);
        assertThat(put.getCount()).isOne();
        queue.unloaded();
        put.await();
    }

    @Test
    void anAbortWakesWaitingThreadsAndRefusesNewCalls() throws Exception {
        CopyQueue queue = new CopyQueue(1, 1);
        CountDownLatch woken = new CountDownLatch(1);
        Thread waiting = start(() -> {
            try {
                queue.take();
            } catch (InterruptedException e) {
                woken.countDown();
            }
        });
        awaitWaiting(waiting);
        queue.abort();
        woken.await();
        assertThatThrownBy(() -> queue.put(item("/1", false))).isInstanceOf(InterruptedException.class)
                .hasMessage("the copy was cancelled");
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private static Thread start(Body body) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
