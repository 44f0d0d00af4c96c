package dev.kloset.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamWindowTest {

    private final WindowBudget budget = new WindowBudget(500);

    @Test
    void itIsRefilledWhenHalfWasTaken() {
        StreamWindow window = new StreamWindow(100, 100, 0, budget);
        assertThat(window.received(100)).isTrue();
        assertThat(window.consumed(49)).isZero();
        assertThat(window.consumed(1)).isEqualTo(50);
        assertThat(window.consumed(50)).isEqualTo(50);
    }

    @Test
    void moreThanItAllowsIsNoticed() {
        StreamWindow window = new StreamWindow(100, 100, 0, budget);
        assertThat(window.received(100)).isTrue();
        assertThat(window.consumed(60)).isEqualTo(60);
        assertThat(window.received(60)).isTrue();
        assertThat(window.received(1)).isFalse();
    }

    @Test
    void itDoublesWhileTheApplicationKeepsUp() {
        StreamWindow window = new StreamWindow(100, 800, 0, budget);
        assertThat(passThrough(window, 100)).isEqualTo(200);
        assertThat(window.size()).isEqualTo(200);
        assertThat(passThrough(window, 200)).isEqualTo(400);
        assertThat(window.size()).isEqualTo(400);
        assertThat(passThrough(window, 400)).as("the budget has 200 left").isEqualTo(400);
        assertThat(window.size()).isEqualTo(400);
    }

    @Test
    void itNeverGrowsBeyondItsLimit() {
        StreamWindow window = new StreamWindow(100, 150, 0, budget);
        passThrough(window, 1000);
        assertThat(window.size()).isEqualTo(150);
    }

    @Test
    void itStaysWhileDataPilesUp() {
        StreamWindow window = new StreamWindow(100, 800, 0, budget);
        window.received(100);
        window.consumed(50);
        window.received(50);
        assertThat(window.consumed(50)).as("half of the window waits to be taken").isEqualTo(50);
        assertThat(window.size()).isEqualTo(100);
    }

    @Test
    void whatItGrewIsForOthersWhenTheStreamEnds() {
        StreamWindow first = new StreamWindow(100, 800, 0, budget);
        StreamWindow second = new StreamWindow(400, 800, 0, budget);
        passThrough(first, 100);
        passThrough(first, 200);
        passThrough(second, 400);
        assertThat(second.size()).isEqualTo(400);
        first.close();
        first.close();
        passThrough(second, 400);
        assertThat(second.size()).isEqualTo(800);
        assertThat(budget.take(101)).isFalse();
        assertThat(budget.take(100)).isTrue();
    }

    @Test
    void anEndedStreamIsNotRefilled() {
        StreamWindow window = new StreamWindow(100, 800, 0, budget);
        window.received(100);
        window.close();
        assertThat(window.consumed(100)).isZero();
    }

    /** {@return by how much the window was opened while {@code bytes} came and were taken at once} */
    private static int passThrough(StreamWindow window, int bytes) {
        int opened = 0;
        for (int i = 0; i < bytes; i += 10) {
            assertThat(window.received(10)).isTrue();
            opened += window.consumed(10);
        }
        return opened;
    }
}
