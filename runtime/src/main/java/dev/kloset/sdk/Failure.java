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
        switch (cause) {
            case null -> {
            }
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable t -> throw new IllegalStateException(t);
        }
    }
}
