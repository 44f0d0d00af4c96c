package dev.kloset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores a Kloset repository: one configuration and many immutable objects, each named by a resource and a MAC.
 *
 * <p>Many threads may call all methods at the same time; expect 64 parallel {@link #get} and more. Several processes, on several
 * machines, may work on one repository.
 */
public interface Store extends Connector {

    /** The result of {@link #size} if the store does not know. */
    long UNKNOWN_SIZE = -1;

    /**
     * Make a new, empty repository.
     *
     * @param config opaque bytes that {@link #open} must return unchanged
     * @throws IOException if there is already a repository (which must stay untouched), or if it cannot be made
     */
    void create(byte[] config) throws IOException, InterruptedException;

    /**
     * {@return the bytes passed to {@link #create}} May be called repeatedly.
     *
     * @throws IOException if there is no repository here; say so, because this is the first thing a user sees
     */
    byte[] open() throws IOException, InterruptedException;

    /**
     * {@return the allowed operations} The host calls this once for each file that a restore opens, thousands of times: answer
     * from memory, never by asking the other side. The default is read and write.
     */
    default Set<StoreMode> mode() throws IOException, InterruptedException {
        return Set.of(StoreMode.READ, StoreMode.WRITE);
    }

    /** {@return the number of bytes stored, or {@link #UNKNOWN_SIZE}, which is the default} May walk the whole store. */
    default long size() throws IOException, InterruptedException {
        return UNKNOWN_SIZE;
    }

    /**
     * {@return the MACs of all complete objects of {@code resource}, in any order} The list includes every {@code put} that
     * returned before this call, also of other processes, but no object that is being written. Plakar accepts at most 123,361
     * MACs, and the SDK refuses to send more.
     */
    List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException;

    /** As {@link #list(StorageResource)}, with the host's hints. Plakar v1.1 sends none. */
    default List<ObjectMac> list(StorageResource resource, StoreHints hints) throws IOException, InterruptedException {
        return list(resource);
    }

    /**
     * Store an object, replacing one of the same name. It becomes visible as a whole, and only once {@code data} has been read to
     * its end; when this method returns, the object survives a crash of the machine and is visible to other processes.
     *
     * @param data the object; the caller owns and closes it. Any thread may read it until this method returns; after that every
     *     read throws. It throws {@link UploadAbortedException} if the host gave up: let that through and publish nothing.
     *     Returning before it was read to its end is a failure, even if the store already has the object
     * @return the number of bytes stored
     */
    long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException, InterruptedException;

    /** As {@link #put(StorageResource, ObjectMac, InputStream)}, with the host's hints. */
    default long put(StorageResource resource, ObjectMac mac, InputStream data, StoreHints hints)
            throws IOException, InterruptedException {
        return put(resource, mac, data);
    }

    /**
     * Read an object, or one range from it.
     *
     * @param range the part, or null for the whole object. A range that reaches past the end is truncated, one that starts there
     *     is empty: neither is an error
     * @return the bytes; the caller reads and closes them, on any thread
     * @throws java.nio.file.NoSuchFileException if there is no such object (or another {@link IOException} saying so)
     */
    InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException;

    /** As {@link #get(StorageResource, ObjectMac, Range)}, with the host's hints. */
    default InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range, StoreHints hints)
            throws IOException, InterruptedException {
        return get(resource, mac, range);
    }

    /** Remove an object. Removing what is not there is a success: two hosts may clear the same stale lock. */
    void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException;

    /** As {@link #delete(StorageResource, ObjectMac)}, with the host's hints. */
    default void delete(StorageResource resource, ObjectMac mac, StoreHints hints)
            throws IOException, InterruptedException {
        delete(resource, mac);
    }

    /**
     * Release everything. Unlike other connectors, a store is still called after the host's Close (Plakar deletes its lock late),
     * so this runs only when the host is gone.
     */
    @Override
    default void close() throws IOException {}
}
