package dev.kloset.testkit;

/** A check has seen its rule broken. */
final class ClauseFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String expected;
    private final String seen;

    ClauseFailedException(String expected, String seen) {
        super("expected " + expected + ", seen " + seen);
        this.expected = expected;
        this.seen = seen;
    }

    Outcome.Failed failure() {
        return new Outcome.Failed(expected, seen);
    }
}
