package dev.kloset.testkit.contract;

/** What a program still shows although it is not a good plugin. */
public interface Shown {

    /** {@return whether there is evidence that the program keeps the clause} */
    boolean shows(Clause clause);
}
