package dev.kloset.sdk;

import org.jspecify.annotations.Nullable;

/** The first failure of a piece of work that ran on another thread. */
final class Failure {

    /** Work that may throw. */
    interface Work {
        void run() throws Exception;
    }

    private volatile @Nullable Throwable cause;

    /** Run {@code work} and keep what it throws. */
    void of(Work work) {
        try {
            work.run();
        } catch (Throwable t) {
            cause = t;
        }
    }

    void rethrow() throws Exception {
        // Not a switch over the types: no start-up cache can hold what it is linked to.
        Throwable failure = cause;
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }
}
