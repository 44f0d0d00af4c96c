package dev.kloset.support;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports retries, for the statistics and the flight recording of the plugin. Costs one read of a field if there is no listener.
 * For any number of threads.
 */
public final class Retries {

    private static volatile @Nullable Consumer<String> listener;

    private Retries() {}

    /**
     * Report a retry.
     *
     * @param reason why, without the path or the name of what was tried: equal reasons are counted together
     */
    public static void report(String reason) {
        Consumer<String> who = listener;
        if (who != null) {
            who.accept(reason);
        }
    }

    /** Report every retry from now on to {@code newListener}, on the thread that tries; it replaces the previous one. */
    public static void listener(Consumer<String> newListener) {
        listener = Objects.requireNonNull(newListener, "newListener");
    }
}
