package dev.kloset.testkit.junit;

import dev.kloset.testkit.CheckRun;
import dev.kloset.testkit.Clause;
import dev.kloset.testkit.ClauseResult;
import dev.kloset.testkit.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The clauses of one run as tests, each checked when its test runs: so it has its time, and one can be run alone. */
final class Clauses {

    private final CheckRun run;
    /** What a test has failed about already, under the name of its own clause or of another one. */
    private final Set<Clause> told = EnumSet.noneOf(Clause.class);

    private Clauses(CheckRun run) {
        this.run = run;
    }

    /** {@return the tests} JUnit closes the stream when it has run them; that ends the run. */
    static Stream<DynamicTest> testsOf(CheckRun run) {
        Clauses clauses = new Clauses(run);
        return run.clauses().stream().map(clauses::test).onClose(run::close);
    }

    private DynamicTest test(Clause clause) {
        return DynamicTest.dynamicTest(clause.id() + " " + clause.rule(), () -> check(clause));
    }

    private void check(Clause clause) throws InterruptedException {
        ClauseResult result = run.check(clause);
        failAboutOthers(clause);
        switch (result.outcome()) {
            case Outcome.Passed _ -> {
            }
            case Outcome.Failed failed -> {
                told.add(clause);
                throw failure(clause, failed);
            }
            case Outcome.Waived waived -> throw new TestAbortedException("waived: " + waived.reason());
            case Outcome.NotApplicable none -> throw new TestAbortedException(none.reason());
        }
    }

    /** This check may have met the failure of a clause whose own test was green: that one cannot turn red any more. */
    private void failAboutOthers(Clause clause) {
        List<AssertionFailedError> failures = new ArrayList<>();
        for (ClauseResult other : run.results()) {
            if (other.clause() != clause && other.outcome() instanceof Outcome.Failed failed
                    && told.add(other.clause())) {
                failures.add(failure(other.clause(), failed));
            }
        }
        if (!failures.isEmpty()) {
            AssertionFailedError first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private static AssertionFailedError failure(Clause clause, Outcome.Failed failed) {
        return new AssertionFailedError(clause.id() + " is broken. " + clause.reason() + " Expected "
                + failed.expected() + ", seen " + failed.seen(), failed.expected(), failed.seen());
    }
}
