package dev.kloset.cli;

import dev.kloset.testkit.ClauseResult;
import dev.kloset.testkit.Conformance;
import dev.kloset.testkit.Outcome;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What was found at a plugin, without the secrets that it may have repeated: before reports of any kind are made, as they break lines and
 * write some characters in their own way.
 *
 * @param hide takes the secrets out of a text
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
