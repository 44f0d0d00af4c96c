package dev.kloset.schedules;

/** What an author's code does at one of its moments instead of behaving well. */
enum Trick {
    NONE,

    // Throw it, out of whatever the SDK has called.
    IO_EXCEPTION, RUNTIME_EXCEPTION, ASSERTION_ERROR, STACK_OVERFLOW, LINKAGE_ERROR, INTERRUPTED_EXCEPTION,
    /** A process ends after this one, so it occurs only where the plugin has a process of its own. */
    OUT_OF_MEMORY,

    /** Leave the interrupt flag set, which no cancellation has set. */
    FLAG,
    /** Give null where a value is due. */
    NULL,

    // Never come back: until interrupted; not even then; busy all the time; in a channel whose close blocks too.
    HANG, DEAF, SPIN, CHANNEL,

    /** Do it in a call from native code, which holds on to the processor while it waits. */
    UP_CALL,

    /** Leave a thread behind that emits, reads or answers when the SDK's call is over. */
    LATE,
    /** Leave several such threads, in the middle of their work. */
    CROWD,
    /** Leave several threads behind that wait, because as many records as possible are not acknowledged. */
    FULL_ROOM,
    /** A thread does its work and dies of an uncaught exception. */
    DYING_WORKER,
    /** Emit in a listener for results. */
    EMIT_IN_LISTENER,
    /** Emit the same path again. */
    TWICE,
    /** Emit what cannot travel. */
    MISFIT,

    /** Read in a second thread, and wait for it. */
    READ_ASIDE,
    /** Read in two threads at once. */
    TWO_READERS,
    /** Answer, or return, while another thread reads. */
    LEAVE_A_READER,
    /** Throw while another thread reads. */
    THROW_BESIDE_A_READER,
    /** Answer, or close, and then read. */
    READ_AFTERWARDS,
    /** Read a part. */
    PART,
    /** Answer from another thread, which takes its time. */
    ANSWER_ASIDE,
    /** Say ok, then error. */
    ANSWER_TWICE,
    /** Say nothing. */
    NO_ANSWER,
    /** Ask for the next record from two threads. */
    NEXT_ASIDE;

    /** {@return whether the author's code does not return of its own} */
    boolean isEndless() {
        return this == HANG || this == DEAF || this == SPIN || this == CHANNEL;
    }

    /** {@return whether it is thrown out of the call in which it occurs} */
    boolean isThrown() {
        return switch (this) {
            case IO_EXCEPTION, RUNTIME_EXCEPTION, ASSERTION_ERROR, STACK_OVERFLOW, LINKAGE_ERROR, INTERRUPTED_EXCEPTION,
                    OUT_OF_MEMORY ->
                true;
            default -> false;
        };
    }
}
