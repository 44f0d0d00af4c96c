package dev.kloset.testkit;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** One start of a plugin: two streams, and power over its life. */
public interface Peer {

    /** {@return what the plugin writes} */
    InputStream fromPlugin();

    /** {@return what the plugin reads} Closing it tells the plugin that the host is gone. */
    OutputStream toPlugin();

    /** {@return whether the plugin has ended within {@code patience}} */
    boolean awaitEnd(Duration patience) throws InterruptedException;

    /** {@return how it ended and what it said on standard error, in words; empty while it lives} */
    String death() throws InterruptedException;

    /** {@return all that it wrote to standard error, as far as it is kept} */
    String complaints() throws InterruptedException;

    /** {@return processes that the plugin has started and that are still there, in words} */
    List<String> children();

    /** {@return children that were seen with the plugin's standard output open, in words} */
    default List<String> holders() {
        return List.of();
    }

    /** End it at once, as a host does that is interrupted: nothing can be done about it. Does nothing if it has ended. */
    void kill();

    /** End it and everything it has started. */
    void clear();
}
