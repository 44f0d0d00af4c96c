package dev.kloset.testkit;

import java.io.IOException;

/** A plugin that can be started again and again. */
public interface Subject {

    /** {@return what reports call it} */
    String name();

    /** {@return whether {@link #start} gives a process of its own, which can be watched and killed} */
    boolean isProcess();

    /** {@return how much a plugin may send on a stream before the host has read any} */
    default int windowBytes() {
        return 256 * 1024;
    }

    /**
     * Start the plugin afresh.
     *
     * @throws IOException if it cannot be started, with the reason
     */
    Peer start() throws IOException;
}
