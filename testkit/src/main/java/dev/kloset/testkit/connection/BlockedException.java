package dev.kloset.testkit.connection;

import dev.kloset.testkit.contract.Clause;

/** Reports that a check cannot run because another clause is broken. The failure counts against that clause alone. */
public final class BlockedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Clause by;
    private final ClauseFailedException failure;

    public BlockedException(Clause by, String expected, String seen) {
        super(by + " is broken: " + seen);
        this.by = by;
        this.failure = new ClauseFailedException(expected, seen);
    }

    public Clause by() {
        return by;
    }

    public ClauseFailedException failure() {
        return failure;
    }
}
