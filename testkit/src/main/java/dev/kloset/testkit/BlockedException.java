package dev.kloset.testkit;

/** A check cannot be made because another clause is broken: the failure belongs to that one alone. */
final class BlockedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Clause by;
    private final ClauseFailedException failure;

    BlockedException(Clause by, String expected, String seen) {
        super(by + " is broken: " + seen);
        this.by = by;
        this.failure = new ClauseFailedException(expected, seen);
    }

    Clause by() {
        return by;
    }

    ClauseFailedException failure() {
        return failure;
    }
}
