package dev.kloset.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.wire.http2.StreamWindow.Sizes;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamWindowTest {

    private final WindowBudget budget = new WindowBudget(500);
    private final MessageMemory messages = new MessageMemory(1000);

    /** A window, and by how much it has opened the other end's. */
    private final class Opened {
        private final AtomicInteger announced = new AtomicInteger();
        private final StreamWindow window;

        private Opened(int initial, int usual, int max) {
            window = new StreamWindow(new Sizes(initial, usual, max), 0, budget, messages, announced::addAndGet);
        }

        private int announced() {
            return announced.getAndSet(0);
        }

        /**
         * Let {@code bytes} through, which are consumed at once.
         *
         * @return by how much the window was opened
         */
        private int passThrough(int bytes) {
            for (int i = 0; i < bytes; i += 10) {
                assertThat(window.received(10)).isTrue();
                window.consumed(10);
            }
            return announced();
        }
    }

    private Opened fixed(int bytes) {
        return new Opened(bytes, bytes, bytes);
    }

    @Test
    void itIsRefilledWhenHalfWasTaken() {
        Opened opened = fixed(100);
        assertThat(opened.window.received(100)).isTrue();
        opened.window.consumed(49);
        assertThat(opened.announced()).isZero();
        opened.window.consumed(1);
        assertThat(opened.announced()).isEqualTo(50);
        opened.window.consumed(50);
        assertThat(opened.announced()).isEqualTo(50);
    }

    @Test
    void dataBeyondTheWindowIsNoticed() {
        Opened opened = fixed(100);
        assertThat(opened.window.received(100)).isTrue();
        opened.window.consumed(60);
        assertThat(opened.announced()).isEqualTo(60);
        assertThat(opened.window.received(60)).isTrue();
        assertThat(opened.window.received(1)).isFalse();
    }

    @Test
    void itOpensToItsUsualSizeWhenMoreIsToCome() {
        Opened opened = new Opened(100, 400, 800);
        opened.window.received(70);
        opened.window.expectMore();
        assertThat(opened.announced()).as("there is room for more").isZero();
        opened.window.received(10);
        opened.window.expectMore();
        assertThat(opened.announced()).isEqualTo(300);
        Opened second = new Opened(100, 400, 800);
        second.window.received(100);
        second.window.expectMore();
        assertThat(second.announced()).as("the budget has 200 left").isZero();
    }

    @Test
    void itDoublesWhileTheApplicationKeepsUp() {
        Opened opened = new Opened(100, 400, 800);
        assertThat(opened.passThrough(100)).isEqualTo(200);
        assertThat(opened.window.size()).isEqualTo(200);
        assertThat(opened.passThrough(200)).isEqualTo(400);
        assertThat(opened.window.size()).isEqualTo(400);
        assertThat(opened.passThrough(400)).as("the budget has 200 left").isEqualTo(400);
        assertThat(opened.window.size()).isEqualTo(400);
    }

    @Test
    void beyondItsUsualSizeItLeavesHalfOfTheBudgetToOthers() {
        Opened opened = new Opened(100, 100, 800);
        opened.passThrough(100);
        assertThat(opened.window.size()).isEqualTo(200);
        opened.passThrough(200);
        assertThat(opened.window.size()).as("200 more would be more than half").isEqualTo(200);
    }

    @Test
    void itNeverGrowsBeyondItsLimit() {
        Opened opened = new Opened(100, 150, 150);
        opened.passThrough(1000);
        assertThat(opened.window.size()).isEqualTo(150);
    }

    @Test
    void itStaysWhileDataPilesUp() {
        Opened opened = new Opened(100, 800, 800);
        opened.window.received(100);
        opened.window.consumed(50);
        opened.window.received(50);
        opened.announced();
        opened.window.consumed(50);
        assertThat(opened.announced()).as("half of the window waits to be taken").isEqualTo(50);
        assertThat(opened.window.size()).isEqualTo(100);
    }

    @Test
    void itsGrowthGoesToOthersWhenTheStreamEnds() {
        Opened first = new Opened(100, 800, 800);
        first.passThrough(100);
        first.passThrough(200);
        assertThat(budget.take(201)).isFalse();
        first.window.close();
        first.window.close();
        assertThat(budget.take(501)).isFalse();
        assertThat(budget.take(500)).isTrue();
    }

    @Test
    void dataInMemoryWhenTheStreamEndsKeepsItsShare() {
        Opened opened = new Opened(100, 400, 400);
        opened.window.received(100);
        opened.window.expectMore();
        opened.window.received(250);
        opened.window.close();
        assertThat(budget.take(251)).as("350 bytes are in memory, 250 more than the first window").isFalse();
        opened.window.consumed(200);
        assertThat(budget.take(451)).isFalse();
        opened.window.release();
        assertThat(budget.take(500)).isTrue();
    }

    @Test
    void anEndedStreamIsNotRefilled() {
        Opened opened = new Opened(100, 800, 800);
        opened.window.received(100);
        opened.window.close();
        opened.window.consumed(100);
        assertThat(opened.announced()).isZero();
    }

    @Test
    void aMessageThatIsLargerIsLetInWhileTheApplicationWaits() {
        Opened opened = new Opened(100, 100, 5000);
        assertThat(budget.take(400)).isTrue();
        opened.window.received(100);
        opened.window.admit(700);
        assertThat(opened.announced()).as("the budget has no 700, the memory for messages has").isEqualTo(700);
        opened.window.received(700);
        opened.window.consumed(800);
        assertThat(opened.announced()).as("what was lent goes back").isEqualTo(100);
        assertThat(opened.window.size()).isEqualTo(100);
        messages.claim(fixed(1).window, 1000);
        Opened late = fixed(1);
        messages.claim(late.window, 1);
        assertThat(late.window.size()).as("the whole memory was there again").isEqualTo(1);
    }

    @Test
    void aWindowThatMustStayNarrowLetsALargerMessageInBitByBit() {
        Opened opened = fixed(10);
        opened.window.received(10);
        opened.window.admit(25);
        assertThat(opened.announced()).isEqualTo(10);
        opened.window.received(10);
        opened.window.admit(15);
        assertThat(opened.announced()).isEqualTo(10);
        opened.window.received(10);
        opened.window.admit(5);
        assertThat(opened.announced()).isEqualTo(5);
        opened.window.received(5);
        opened.window.consumed(35);
        assertThat(opened.announced()).isEqualTo(10);
    }

    @Test
    void pendingAnnouncementsGoOutWhenTheApplicationWaits() {
        Opened opened = fixed(100);
        opened.window.received(40);
        opened.window.consumed(40);
        opened.window.received(10);
        opened.window.admit(70);
        assertThat(opened.announced()).as("60 may come already").isEqualTo(40);
    }

    @Test
    void dataThatCameBeforeTheOtherEndKnewTheWindowMakesNoRoom() {
        AtomicInteger announced = new AtomicInteger();
        StreamWindow window = new StreamWindow(new Sizes(100, 100, 100), 900, budget, messages, announced::addAndGet);
        assertThat(window.received(150)).isTrue();
        window.admit(50);
        assertThat(announced.getAndSet(0)).as("the other end has 50 less than nothing").isEqualTo(100);
        assertThat(window.received(850)).isTrue();
        assertThat(window.received(101)).isFalse();
    }

    @Test
    void messagesWaitForMemoryInTheOrderTheyCame() {
        Opened first = new Opened(100, 100, 5000);
        Opened second = new Opened(100, 100, 5000);
        Opened third = new Opened(100, 100, 5000);
        for (Opened each : new Opened[]{ first, second, third }) {
            each.window.received(100);
        }
        first.window.admit(900);
        second.window.admit(800);
        third.window.admit(600);
        assertThat(first.announced()).isEqualTo(900);
        assertThat(second.announced() + third.announced()).isZero();
        assertThat(second.window.waitsForMemory()).isTrue();
        assertThat(third.window.waitsForMemory()).isTrue();
        first.window.received(900);
        first.window.consumed(1000);
        assertThat(second.announced()).isEqualTo(800);
        assertThat(second.window.waitsForMemory()).isFalse();
        assertThat(third.announced()).isZero();
        second.window.close();
        assertThat(third.announced()).as("nothing of the second is in memory beyond its first window").isEqualTo(600);
    }

    @Test
    void aDiscardedMessageLetsTheNextOneIn() {
        Opened first = new Opened(100, 100, 5000);
        Opened second = new Opened(100, 100, 5000);
        Opened third = new Opened(100, 100, 5000);
        first.window.received(100);
        first.window.admit(900);
        second.window.admit(800);
        third.window.admit(700);
        second.window.release();
        first.window.release();
        assertThat(second.announced()).isZero();
        assertThat(third.announced()).isEqualTo(600);
    }

    @Test
    void paddingUsesNoMemoryThatWasLentForAMessage() {
        Opened padded = new Opened(100, 100, 5000);
        Opened other = new Opened(100, 100, 5000);
        assertThat(budget.take(500)).isTrue();
        padded.window.received(100);
        padded.window.admit(900);
        assertThat(padded.announced()).isEqualTo(900);
        other.window.received(100);
        other.window.admit(500);
        assertThat(other.window.waitsForMemory()).isTrue();
        int missing = 900;
        for (int room = 900; missing > 0; room += padded.announced()) {
            assertThat(room).as("%d bytes are missing, and the window is shut", missing).isPositive();
            int padding = Math.min(50, room - 1);
            int data = Math.min(Math.min(50, missing), room - padding);
            room -= data + padding;
            padded.window.received(data + padding);
            padded.window.padded(padding);
            missing -= data;
            padded.window.admit(missing);
            assertThat(padded.window.waitsForMemory()).as("%d bytes are missing", missing).isFalse();
        }
        padded.window.consumed(1000);
        assertThat(other.window.waitsForMemory()).isFalse();
    }
}
