package dev.kloset.schedules;

/** What an author's code does at one of its moments instead of behaving well. */
enum Trick {
    NONE,

    // Throw it out of the method that the SDK has called.
    IO_EXCEPTION, RUNTIME_EXCEPTION, ASSERTION_ERROR, STACK_OVERFLOW, LINKAGE_ERROR, INTERRUPTED_EXCEPTION,
    /** The process ends after this one, so it occurs only where the plugin has a process of its own. */
    OUT_OF_MEMORY,

    /** Leave the interrupt flag set although no cancellation has set it. */
    FLAG,
    /** Return null where a value is required. */
    NULL,

    // Never return: until interrupted; not even then; busy all the time; in a channel whose close blocks too.
    HANG, DEAF, SPIN, CHANNEL,

    /** Hang in a call from native code, which occupies the processor while it waits. */
    UP_CALL,

    /** Leave a thread behind that emits, reads or answers after the SDK's call is over. */
    LATE,
    /** Leave several such threads, in the middle of their work. */
    CROWD,
    /** Leave several threads behind that wait because as many records as possible are unacknowledged. */
    FULL_ROOM,
    /** Let a thread do its work and then die of an uncaught exception. */
    DYING_WORKER,
    /** Emit in a listener for results. */
    EMIT_IN_LISTENER,
    /** Emit the same path again. */
    TWICE,
    /** Emit a record that cannot be sent. */
    MISFIT,

    /** Read on a second thread, and wait for it. */
    READ_ASIDE,
    /** Read on two threads at once. */
    TWO_READERS,
    /** Answer, or return, while another thread reads. */
    LEAVE_A_READER,
    /** Throw while another thread reads. */
    THROW_BESIDE_A_READER,
    /** Answer, or close, and then read. */
    READ_AFTERWARDS,
    /** Read a part. */
    PART,
    /** Answer from another thread, after some time. */
    ANSWER_ASIDE,
    /** Report a success, then an error. */
    ANSWER_TWICE,
    /** Do not answer. */
    NO_ANSWER,
    /** Ask for the next record on two threads. */
    NEXT_ASIDE;

    /** {@return whether the author's code never returns by itself} */
    boolean isEndless() {
        return this == HANG || this == DEAF || this == SPIN || this == CHANNEL;
    }

    /** {@return whether the trick throws out of the call in which it occurs} */
    boolean isThrown() {
        return switch (this) {
            case IO_EXCEPTION, RUNTIME_EXCEPTION, ASSERTION_ERROR, STACK_OVERFLOW, LINKAGE_ERROR, INTERRUPTED_EXCEPTION,
                    OUT_OF_MEMORY ->
                true;
            default -> false;
        };
    }
}
