package dev.kloset.schedules;

/** What an end does at a message boundary instead of going on as it should. */
enum Fault {
    NONE,
    /** Go on a moment later. */
    DELAY,
    /** Go on so late that queues fill up meanwhile. */
    STALL,
    /** Send this one after those that follow, where order is free. */
    REORDER,
    /** Leave out what is due. */
    SKIP,
    /** Send it twice. */
    DUPLICATE,
    /** Send a message that is well-formed and makes no sense here. */
    WRONG,
    /** Send a message that is not well-formed. */
    MALFORMED,
    /** Say that nothing more comes. */
    HALF_CLOSE,
    /** Cancel the call; as plugin, end it with an error. */
    CANCEL,
    /** Never do anything again in this call. */
    SILENCE,
    /** Send bytes that are no frames. */
    NOISE,
    /** Close both pipes, as a process that ends. */
    CUT,
    /** Break both pipes at once, with what is in them, as a process that is killed. */
    KILL;

    /** {@return whether a session with only such faults must succeed all the same} */
    boolean isHarmless() {
        return this == NONE || this == DELAY || this == STALL || this == REORDER;
    }
}
