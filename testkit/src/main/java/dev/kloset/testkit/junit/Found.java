package dev.kloset.testkit.junit;

import dev.kloset.testkit.contract.Counterexample;
import org.opentest4j.AssertionFailedError;

/** Turns a counterexample into a test failure. */
final class Found {

    private Found() {}

    static void fail(Counterexample counterexample) {
        throw new AssertionFailedError(counterexample.words());
    }
}
