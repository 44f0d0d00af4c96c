package dev.kloset.sdk.author;

import java.util.concurrent.CountDownLatch;

/** The code of a connector's author, as the runtime sees it. */
public final class Slow {

    private Slow() {}

    public static void listTheBucket(CountDownLatch answer) throws InterruptedException {
        answer.await();
    }
}
