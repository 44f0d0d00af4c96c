package dev.kloset.testkit.contract;

import java.time.Duration;
import java.util.List;

/**
 * The result of checking one clause.
 *
 * @param notes what is worth knowing besides the outcome, such as a slow answer; usually empty
 */
public record ClauseResult(Clause clause, Outcome outcome, Duration time, List<String> notes) {

    /** Check that nothing is missing. */
    public ClauseResult {
        notes = List.copyOf(notes);
    }

    /** {@return whether the rule is broken and not waived} */
    public boolean failed() {
        return outcome instanceof Outcome.Failed;
    }
}
