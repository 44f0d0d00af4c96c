package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Outcome;

/** Reports that a check has seen its rule broken. */
public final class ClauseFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String seen;

    public ClauseFailedException(String expected, String seen) {
        super("expected " + expected + ", seen " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    public Outcome.Failed failure() {
        return new Outcome.Failed(expected, seen);
    }
}
