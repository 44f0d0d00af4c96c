package dev.kloset;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What importers, exporters and stores have in common.
 *
 * <p>One instance serves one location. It is made by its factory when the host sends Init, and {@link #origin},
 * {@link #type}, {@link #root} and {@link #flags} are read once, right after that: they must not change and not block. The SDK refuses
 * an origin or type that is null or empty (an exporter may have no origin), a root that is no absolute, clean path, and flags that
 * are or contain null; it then
 * closes the connector, and the user reads which method gave what.
 */
public interface Connector extends AutoCloseable {

    /**
     * {@return where the data lives: a host name, a bucket, an account} Plakar finds the previous backup by the three
     * values origin, type and root, so they must be the same in every run on the same source.
     */
    String origin();

    /** {@return the kind of system, by convention the protocol name} Stores must not answer {@code fs} or {@code ptar}. */
    String type();

    /**
     * {@return the absolute, slash separated path below which this connector works} Without {@code .}, {@code ..}, empty parts or a
     * slash at its end.
     */
    String root();

    /** {@return how the host should treat this connector} The default is no flag. */
    default Set<LocationFlag> flags() {
        return Set.of();
    }

    /**
     * Check that the other side can be reached. Cheap, without side effects; may be called at any time, from any thread,
     * until {@link #close}. Plakar calls it for {@code source ping} and its siblings only, never before a backup.
     *
     * @throws IOException if it cannot be reached; the message is what the user reads
     */
    default void ping() throws IOException, InterruptedException {}

    /**
     * {@return what the command {@code doctor} of the plugin tries, in this order, before it lists and reads} Asked for at most
     * once, right after the connector was made, and never by a host: a connector that gets its doctor's steps to say "the
     * name is resolved", "the port answers", "the login is accepted" saves its users the search. An exporter or a store that can write
     * something and remove it again does so in a step called {@link DiagnosisStep#WRITING}; it must not touch what is there.
     * The default is one step, {@link #ping}.
     */
    default List<DiagnosisStep> diagnosis() {
        return List.of(DiagnosisStep.of("connection", this::ping));
    }

    /**
     * Release everything. Called at most once, last, on a thread of its own. Calls that are still running are waited for
     * first, but no longer than 5 seconds; what runs then was cancelled or hangs. The host may kill the process before or
     * during this call: nothing that must survive may wait for it.
     */
    @Override
    default void close() throws IOException {}
}
