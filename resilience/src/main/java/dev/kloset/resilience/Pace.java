package dev.kloset.resilience;

import java.time.Duration;

/** Time, as far as it is waited for. */
interface Pace {

    /** Real time. */
    Pace SYSTEM = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    long nanoTime();

    void pause(Duration duration) throws InterruptedException;
}
