package dev.kloset.testkit.junit;

import dev.kloset.testkit.Counterexample;
import org.opentest4j.AssertionFailedError;

/** A counterexample as a failure of a test. */
final class Found {

    private Found() {}

    static void fail(Counterexample counterexample) {
        throw new AssertionFailedError(counterexample.words());
    }
}
