package dev.kloset.testkit.clause;

import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.Evidence;
import dev.kloset.testkit.connection.NotApplicableException;

/** Finds out whether a plugin keeps one clause. */
@FunctionalInterface
public interface Check {

    /**
     * Return normally if nothing speaks against the clause. The clause is kept if something also speaks for it, see {@link
     * Evidence}. Start processes through {@code bench}, which also ends them when the time is over.
     *
     * @throws ClauseFailedException if the clause is broken
     * @throws NotApplicableException if the clause cannot be judged here
     * @throws BlockedException if a clause on which this check builds is broken
     */
    void run(CheckContext context) throws Exception;
}
