package dev.kloset.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConveyorTest {

    private static Parcel parcel(String pathname, boolean readAhead) {
        return new Parcel(new ErrorRecord(pathname, "unused"), PendingContent.opened(Content.of("")), readAhead,
                () -> {});
    }

    @Test
    void parcelsComeOutInOrderAndThenTheEnd() throws Exception {
        Conveyor conveyor = new Conveyor(4, 4);
        conveyor.put(parcel("/1", false));
        conveyor.put(parcel("/2", true));
        conveyor.end();
        assertThat(conveyor.take()).extracting(p -> p.record().pathname()).isEqualTo("/1");
        assertThat(conveyor.take()).extracting(p -> p.record().pathname()).isEqualTo("/2");
        assertThat(conveyor.take()).isNull();
        assertThat(conveyor.take()).isNull();
    }

    @Test
    void aFullConveyorBlocksUntilSomethingIsTaken() throws Exception {
        Conveyor conveyor = new Conveyor(1, 4);
        conveyor.put(parcel("/1", false));
        CountDownLatch put = new CountDownLatch(1);
        Thread blocked = start(() -> {
            conveyor.put(parcel("/2", false));
            put.countDown();
        });
        awaitWaiting(blocked);
        assertThat(put.getCount()).isOne();
        conveyor.take();
        put.await();
    }

    @Test
    void parcelsThatHoldMemoryCountUntilTheyAreUnloaded() throws Exception {
        Conveyor conveyor = new Conveyor(10, 1);
        conveyor.put(parcel("/1", true));
        conveyor.take();
        CountDownLatch put = new CountDownLatch(1);
        Thread blocked = start(() -> {
            conveyor.put(parcel("/2", true));
            put.countDown();
        });
        awaitWaiting(blocked);
        assertThat(put.getCount()).isOne();
        conveyor.unloaded();
        put.await();
    }

    @Test
    void anAbortWakesWhoeverWaitsAndRefusesWhoeverComes() throws Exception {
        Conveyor conveyor = new Conveyor(1, 1);
        CountDownLatch woken = new CountDownLatch(1);
        Thread waiting = start(() -> {
            try {
                conveyor.take();
            } catch (InterruptedException e) {
                woken.countDown();
            }
        });
        awaitWaiting(waiting);
        conveyor.abort();
        woken.await();
        assertThatThrownBy(() -> conveyor.put(parcel("/1", false))).isInstanceOf(InterruptedException.class)
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
