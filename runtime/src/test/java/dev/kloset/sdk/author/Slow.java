package dev.kloset.sdk.author;

import java.util.concurrent.CountDownLatch;

/** Code of somebody who writes a connector, seen from the runtime. */
public final class Slow {

    private Slow() {}

    public static void listTheBucket(CountDownLatch answer) throws InterruptedException {
        answer.await();
    }
}
