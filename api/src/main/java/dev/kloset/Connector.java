package dev.kloset;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What importers, exporters and stores have in common.
 *
 * <p>One instance serves one location. Its factory makes it when the host sends Init. The SDK reads {@link #origin}, {@link
 * #type}, {@link #root} and {@link #flags} once, right after that: they must neither change nor block. The SDK refuses an origin
 * or type that is null or empty (an exporter may have no origin), a root that is not an absolute, clean path, and flags that are
 * or contain null; it then closes the connector, and the user reads which method returned what.
 */
public interface Connector extends AutoCloseable {

    /**
     * {@return where the data lives: a host name, a bucket, an account} Plakar finds the previous backup by the three values
     * origin, type and root, so they must be the same in every backup of the same source.
     */
    String origin();

    /** {@return the kind of system, by convention the protocol name} Stores must not return {@code fs} or {@code ptar}. */
    String type();

    /**
     * {@return the absolute, slash-separated path below which this connector works} It has no {@code .}, {@code ..}, empty parts
     * or trailing slash.
     */
    String root();

    /** {@return how the host should treat this connector} The default is no flags. */
    default Set<LocationFlag> flags() {
        return Set.of();
    }

    /**
     * Check that the other side can be reached. Keep it cheap and free of side effects; it may be called at any time, from any
     * thread, until {@link #close}. Plakar calls it only for {@code source ping} and its siblings, never before a backup.
     *
     * @throws IOException if it cannot be reached; the message is what the user reads
     */
    default void ping() throws IOException, InterruptedException {}

    /**
     * {@return what the plugin's command {@code doctor} tries, in this order, before it lists and reads} Called at most once,
     * right after the connector is made, and never by a host. If your steps say "the name is resolved", "the port answers", "the
     * login is accepted", your users need not search for the cause. An exporter or a store that can write something and remove it
     * again does so in a step called {@link DiagnosisStep#WRITING}; that step must not touch existing data. The default is one
     * step, {@link #ping}.
     */
    default List<DiagnosisStep> diagnosis() {
        return List.of(DiagnosisStep.of("connection", this::ping));
    }

    /**
     * Release everything. Called at most once, last, on a thread of its own. The SDK first waits for calls that are still
     * running, but no longer than 5 seconds; a call that runs longer was cancelled or hangs. The host may kill the process before
     * or during this call: do not leave to it anything that must survive.
     */
    @Override
    default void close() throws IOException {}
}
