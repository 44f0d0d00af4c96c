package dev.kloset.testkit.subject;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** One run of a plugin: two streams, and a way to end it. */
public interface Peer {

    /** {@return the stream that the plugin writes} */
    InputStream fromPlugin();

    /** {@return the stream that the plugin reads} Closing it shows the plugin that the host is gone. */
    OutputStream toPlugin();

    /** {@return whether the plugin has ended within {@code patience}} */
    boolean awaitEnd(Duration patience) throws InterruptedException;

    /** {@return how the plugin ended and what it wrote to standard error, in words; empty while it lives} */
    String death() throws InterruptedException;

    /** {@return what the plugin wrote to standard error, up to a limit} */
    String complaints() throws InterruptedException;

    /** {@return processes that the plugin has started and that still run, in words} */
    List<String> children();

    /** {@return children that were seen with the plugin's standard output open, in words} */
    default List<String> holders() {
        return List.of();
    }

    /** End the plugin at once, as an interrupted host does; the plugin cannot prevent it. Does nothing if it has ended. */
    void kill();

    /** End the plugin and everything it has started. */
    void clear();
}
