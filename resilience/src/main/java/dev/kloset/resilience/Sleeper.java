package dev.kloset.resilience;

import java.time.Duration;

/** A clock that can be waited on. */
interface Sleeper {

    /** Real time. */
    Sleeper SYSTEM = new Sleeper() {
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
