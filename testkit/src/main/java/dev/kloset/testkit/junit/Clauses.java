package dev.kloset.testkit.junit;

import dev.kloset.testkit.CheckRun;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The clauses of one run as tests. Each check runs with its test, so the test shows its time and you can run it alone. */
final class Clauses {

    private final CheckRun run;
    /** Clauses that a test has already failed about, under their own name or another clause's. */
    private final Set<Clause> told = EnumSet.noneOf(Clause.class);

    private Clauses(CheckRun run) {
        this.run = run;
    }

    /** {@return the tests} JUnit closes the stream after it has run them; that ends the run. */
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

    /** Fail if this check met the failure of a clause whose own test has passed: that test can no longer turn red. */
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
