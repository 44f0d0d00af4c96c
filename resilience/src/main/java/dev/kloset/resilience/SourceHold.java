package dev.kloset.resilience;

import java.io.IOException;
import java.time.Instant;

/**
 * How a source is kept as it is while it is read: a lock, a snapshot, a replication slot. Written by the author of a connector,
 * called by {@link SourceLease}.
 *
 * <p>Every hold has a name that nobody else has: {@code kloset_} and twenty lowercase letters and digits, which databases
 * and volume managers take for a name. The calls for one name come one after the other, each on a thread of its own. One that
 * takes too long, or is not needed any more, is interrupted and not waited for. A hold that is released may be one of an earlier process, so an
 * implementation must find it by its name, not by its own memory.
 */
public interface SourceHold {

    /**
     * Take the hold {@code name}. If this fails or takes too long, {@link #release} is called.
     *
     * @param until when the source should end the hold by itself, unless it is extended: give it to the source if that knows time
     *     limits, or leave it beside the hold for whoever tidies up there
     */
    void acquire(String name, Instant until) throws IOException, InterruptedException;

    /**
     * Keep the hold {@code name} until the new time.
     *
     * @throws IOException if it is not held any more, or cannot be kept; another attempt follows if {@link Retry} would make one
     */
    void extend(String name, Instant until) throws IOException, InterruptedException;

    /** End the hold {@code name} and remove all that belongs to it. Without one of this name there is nothing to do. */
    void release(String name) throws IOException, InterruptedException;
}
