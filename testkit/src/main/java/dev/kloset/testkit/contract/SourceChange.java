package dev.kloset.testkit.contract;

import java.util.Objects;

/**
 * One change of a {@link MutableSource}.
 *
 * @param name what happens, for reports: {@code a row updated to a value of the same length}
 * @param action makes it
 */
public record SourceChange(String name, Action action) {

    /** Makes a change. */
    @FunctionalInterface
    public interface Action {

        /** {@return what the next snapshot must show of the change} When this returns, the change is complete at the source. */
        ExpectedFiles make() throws Exception;
    }

    /** Check that both are there. */
    public SourceChange {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(action, "action");
    }
}
