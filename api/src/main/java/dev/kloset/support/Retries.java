package dev.kloset.support;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where whoever tries something again says so, for the statistics and the flight recording of the plugin. Costs a look at one field
 * if nobody listens. For any number of threads.
 */
public final class Retries {

    private static volatile @Nullable Consumer<String> listener;

    private Retries() {}

    /**
     * Say that something is tried again.
     *
     * @param reason why, without the path or the name of what was tried: equal reasons are counted together
     */
    public static void tell(String reason) {
        Consumer<String> who = listener;
        if (who != null) {
            who.accept(reason);
        }
    }

    /** Let {@code newListener} hear of every retry from now on, on the thread that tries; it takes the place of the one before. */
    public static void listener(Consumer<String> newListener) {
        listener = Objects.requireNonNull(newListener, "newListener");
    }
}
