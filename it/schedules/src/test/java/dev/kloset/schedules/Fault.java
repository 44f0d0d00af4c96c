package dev.kloset.schedules;

/** What an end does at a message boundary instead of behaving well. */
enum Fault {
    NONE,
    /** Go on a moment later. */
    DELAY,
    /** Go on so late that queues fill up in the meantime. */
    STALL,
    /** Send this message after those that follow, where the order is free. */
    REORDER,
    /** Leave out the message. */
    SKIP,
    /** Send it twice. */
    DUPLICATE,
    /** Send a message that is well-formed but makes no sense here. */
    WRONG,
    /** Send a message that is not well-formed. */
    MALFORMED,
    /** Declare the end of the messages. */
    HALF_CLOSE,
    /** Cancel the call; as plugin, end it with an error. */
    CANCEL,
    /** Do nothing more in this call. */
    SILENCE,
    /** Send bytes that are not frames. */
    NOISE,
    /** Close both pipes, as a process does that ends. */
    CUT,
    /** Break both pipes at once and lose their contents, as a killed process does. */
    KILL;

    /** {@return whether a session with only such faults must still succeed} */
    boolean isHarmless() {
        return this == NONE || this == DELAY || this == STALL || this == REORDER;
    }
}
