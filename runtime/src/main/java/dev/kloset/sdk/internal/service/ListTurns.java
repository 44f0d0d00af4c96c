package dev.kloset.sdk.internal.service;

import dev.kloset.wire.grpc.HeapShares;
import java.util.concurrent.Semaphore;

/**
 * Makes lists in turns. A list is in memory as a whole, first as objects and then as a message, so only as many are made at once
 * as the heap has room for.
 */
public final class ListTurns {

    /** Makes a list and sends it. */
    public interface Making {
        void run() throws Exception;
    }

    private final Semaphore turns;

    /** Allow as many at once as this process has memory for. */
    ListTurns() {
        this(HeapShares.ofThisProcess().lists());
    }

    public ListTurns(int atOnce) {
        this.turns = new Semaphore(atOnce, true);
    }

    /** Wait for a turn and run {@code making}. */
    public void run(Making making) throws Exception {
        turns.acquire();
        try {
            making.run();
        } finally {
            turns.release();
        }
    }
}
