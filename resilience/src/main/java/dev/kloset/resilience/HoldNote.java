package dev.kloset.resilience;

/** What the next process learns of a hold if this one is killed. */
interface HoldNote {

    /** {@return the name of the hold} */
    String name();

    /** Remove the note: the hold is over, or never existed. */
    void remove();

    /** Leave the note: the hold may still exist. */
    void leave();
}
