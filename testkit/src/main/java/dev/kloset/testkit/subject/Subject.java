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
     * Start the plugin afresh.
     *
     * @throws IOException if it cannot be started, with the reason
     */
    Peer start() throws IOException;
}
