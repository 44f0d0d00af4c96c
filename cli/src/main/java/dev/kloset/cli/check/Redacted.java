package dev.kloset.cli.check;

import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Removes secrets that the plugin may have repeated from the results of a check. This happens before any report is made,
 * because reports break lines and escape characters in their own ways.
 *
 * @param hide removes the secrets from a text
 */
record Redacted(UnaryOperator<String> hide) {

    Conformance conformance(Conformance found) {
        return new Conformance(hide.apply(found.subject()), found.kind(), hide.apply(found.identity()),
                found.results().stream().map(this::result).toList(), found.time(), texts(found.left()));
    }

    ClauseResult result(ClauseResult found) {
        return new ClauseResult(found.clause(), outcome(found.outcome()), found.time(), texts(found.notes()));
    }

    private Outcome outcome(Outcome found) {
        return switch (found) {
            case Outcome.Passed passed -> passed;
            case Outcome.Failed failed -> failed(failed);
            case Outcome.Waived waived -> new Outcome.Waived(waived.reason(), failed(waived.failure()));
            case Outcome.NotApplicable none -> new Outcome.NotApplicable(hide.apply(none.reason()));
        };
    }

    private Outcome.Failed failed(Outcome.Failed failed) {
        return new Outcome.Failed(hide.apply(failed.expected()), hide.apply(failed.seen()));
    }

    private List<String> texts(List<String> found) {
        return found.stream().map(hide).toList();
    }
}
