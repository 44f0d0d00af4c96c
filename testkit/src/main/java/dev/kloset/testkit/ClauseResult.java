package dev.kloset.testkit;

import java.time.Duration;
import java.util.List;

/**
 * One clause, checked.
 *
 * @param notes what is worth knowing beside the outcome, such as a slow answer; mostly empty
 */
public record ClauseResult(Clause clause, Outcome outcome, Duration time, List<String> notes) {

    /** Check that nothing is missing. */
    public ClauseResult {
        notes = List.copyOf(notes);
    }

    /** {@return whether the rule is broken and nobody has waived it} */
    public boolean failed() {
        return outcome instanceof Outcome.Failed;
    }
}
