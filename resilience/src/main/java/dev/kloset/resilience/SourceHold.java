package dev.kloset.resilience;

import java.io.IOException;
import java.time.Instant;

/**
 * A way to keep a source as it is while it is read: a lock, a snapshot, a replication slot. You implement it for a connector;
 * {@link SourceLease} calls it.
 *
 * <p>Every hold has a unique name, {@code kloset_} and twenty lowercase letters and digits, which databases and volume managers
 * accept as a name. The calls for one name come one after the other, each on a thread of its own. A call that takes too long,
 * or is no longer needed, is interrupted and abandoned. A released hold may belong to an earlier process, so an implementation
 * must find it by its name, not in its own memory.
 */
public interface SourceHold {

    /**
     * Take the hold {@code name}. If this fails or takes too long, {@link #release} follows.
     *
     * @param until when the source should end the hold by itself, unless it is extended. Pass it to a source that knows time
     *     limits, or leave it beside the hold for the administrator who cleans up there
     */
    void acquire(String name, Instant until) throws IOException, InterruptedException;

    /**
     * Extend the hold {@code name} until the new time.
     *
     * @throws IOException if the hold is lost or cannot be kept; another attempt follows if {@link Retry} would make one
     */
    void extend(String name, Instant until) throws IOException, InterruptedException;

    /** End the hold {@code name} and remove all that belongs to it. If there is no such hold, do nothing. */
    void release(String name) throws IOException, InterruptedException;

    /**
     * Release the holds that are left at the source from processes that were killed, on whatever machine, and end themselves at no
     * time: those with a name of the SDK ({@link #isName}) and, kept beside it, a last {@code until} earlier than {@code before}.
     * Leave holds without such a time alone. Called before {@link #acquire}; a failure or half a minute without an answer causes
     * a warning, and the backup goes on.
     *
     * <p>Implement it if your source knows no time limits, and {@link #acquire} and {@link #extend} write {@code until} at the
     * source, in an attribute of the snapshot or a file beside it. The default does nothing.
     *
     * @param before one length of the lease ago, so that the clocks of machines may differ by that much
     */
    default void sweep(Instant before) throws IOException, InterruptedException {}

    /**
     * Fail unless the source still has {@code name}, which was made by others: see {@link SourceLease#existing}. Called before the
     * listing and each time a third of the lease has passed. The default refuses, because a snapshot that vanishes must not go
     * unnoticed.
     *
     * @throws IOException if it does not exist, or cannot be looked for; in the latter case another attempt follows if {@link Retry}
     *     would make one
     */
    default void check(String name) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(
                getClass().getName() + " has no check(), so it cannot use " + name + ", which others made");
    }

    /** {@return whether {@code name} has the form of the names of this SDK, which no person gives} */
    static boolean isName(String name) {
        return LeaseJournal.isName(name);
    }
}
