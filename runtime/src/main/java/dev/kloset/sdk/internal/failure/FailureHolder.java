package dev.kloset.sdk.internal.failure;

import org.jspecify.annotations.Nullable;

/** Holds the first failure of work that runs on another thread. */
public final class FailureHolder {

    /** Work that may throw. */
    public interface Work {
        void run() throws Exception;
    }

    private volatile @Nullable Throwable cause;

    /** Run {@code work} and keep what it throws. */
    public void of(Work work) {
        try {
            work.run();
        } catch (Throwable t) {
            cause = t;
        }
    }

    public void rethrow() throws Exception {
        // Not a switch over the types: no start-up cache can hold the linked call site.
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
