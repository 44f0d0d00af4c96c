package dev.kloset.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while a thread waits, or when the test advances it. */
final class FakeSleeper implements Sleeper {

    private final List<Duration> pauses = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) {
        pauses.add(duration);
        now += duration.toNanos();
    }

    synchronized void pass(Duration duration) {
        now += duration.toNanos();
    }

    synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
