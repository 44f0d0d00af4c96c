package dev.kloset.testkit.subject;

import java.io.IOException;

/** A plugin that can be started again and again. */
public interface Subject {

    /** {@return the name of the plugin in reports} */
    String name();

    /** {@return whether {@link #start} starts a separate process, which can be watched and killed} */
    boolean isProcess();

    /** {@return how much a plugin may send on a stream before the host has read anything} */
    default int windowBytes() {
        return 256 * 1024;
    }

    /** {@return the plugin whose importer reads what this one's exporter writes; by default this one} */
    default Subject importer() {
        return this;
    }

    /**
     * Record a session, so that later starts are quicker; by default there is nothing to record. It comes before the first
     * start: a subject that has been started keeps to what it has.
     *
     * @param session starts the subject that it gets once, and returns when that process has ended
     */
    default void rehearse(Rehearsal session) throws IOException {}

    /** A session that judges nothing. */
    @FunctionalInterface
    interface Rehearsal {
        /** Start {@code recording} once, use it, and return when its process has ended. */
        void with(Subject recording) throws IOException;
    }

    /**
     * Start the plugin afresh.
     *
     * @throws IOException if it cannot be started, with the reason
     */
    Peer start() throws IOException;
}
