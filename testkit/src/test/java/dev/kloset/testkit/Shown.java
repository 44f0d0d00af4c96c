package dev.kloset.testkit;

/** What something that is no good plugin shows all the same. */
interface Shown {

    /** {@return whether there is evidence that it keeps the clause} */
    boolean shows(Clause clause);
}
