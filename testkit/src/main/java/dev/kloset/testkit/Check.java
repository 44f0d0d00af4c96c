package dev.kloset.testkit;

/** Looks whether one clause is kept. */
@FunctionalInterface
interface Check {

    /**
     * Return if nothing speaks against it. It is kept then if something speaks for it, see {@link Evidence}. Processes are
     * started through {@code bench}, which ends them, also when the time is over.
     *
     * @throws ClauseFailedException if it is not
     * @throws NotApplicableException if that cannot be told here
     * @throws BlockedException if another clause is broken that this check builds on
     */
    void run(Bench bench) throws Exception;
}
