package dev.kloset.files.restore.node;

import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.OpenFileLimit;
import dev.kloset.files.posix.WholeReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a restore, from when it is entered until the restore has nothing more to do in it and below. It need not stay open: a tree
 * may be deeper than the process may open files. Then it is opened again from the directory above, and must be the same one.
 *
 * <p>Shared and counted as {@link RestoreDirectory} is. For any number of threads, but only one enters.
 */
public final class KnownDirectory implements AutoCloseable {

    private final OpenDirectories open;
    private final @Nullable KnownDirectory above; // null for the root
    private final String name;
    // All guarded by open.
    private final Map<String, KnownDirectory> below = new HashMap<>();
    private int users = 1;
    private RestoreDirectory directory; // closed, or open for others too
    private @Nullable FileIdentity identity; // as long as it is open the directory itself tells it
    private @Nullable IOException unknown; // why there is no identity

    private KnownDirectory(OpenDirectories open, @Nullable KnownDirectory above, String name,
            RestoreDirectory directory) {
        this.open = open;
        this.above = above;
        this.name = name;
        this.directory = directory;
    }

    /** {@return the root of a restore} It stays open until it is closed, because symbolic links may lead to it. */
    static KnownDirectory root(RestoreDirectory root, OpenDirectories open) {
        return new KnownDirectory(open, null, "", root);
    }

    /** {@return the directory {@code name} in this one, null if it is not known} The caller closes. */
    @Nullable
    KnownDirectory known(String name) {
        synchronized (open) {
            KnownDirectory known = below.get(name);
            return known == null ? null : known.retain();
        }
    }

    /** {@return {@code directory}, which has just been entered as {@code name} in this one} It is closed with what is returned. */
    KnownDirectory add(String name, RestoreDirectory directory) {
        synchronized (open) {
            try (directory) {
                KnownDirectory added = new KnownDirectory(open, this, name, directory);
                below.put(name, added);
                users++;
                open.keep(added);
                return added;
            }
        }
    }

    KnownDirectory retain() {
        synchronized (open) {
            users++;
            return this;
        }
    }

    /**
     * {@return the directory, open} The caller closes.
     *
     * @throws IOException also if it was closed and is no longer in its place
     */
    public RestoreDirectory open() throws IOException {
        // The wait at the limit is outside the monitor: to close their directories, others need it.
        return OpenFileLimit.retrying(this::openAtOnce);
    }

    private RestoreDirectory openAtOnce() throws IOException {
        synchronized (open) {
            Deque<KnownDirectory> closed = new ArrayDeque<>();
            KnownDirectory at = this;
            while (!at.directory.retainIfOpen()) {
                closed.push(at);
                at = Objects.requireNonNull(at.above, "the root stays open");
            }
            RestoreDirectory opened = at.directory;
            for (KnownDirectory next : closed) {
                opened = next.openAgain(opened);
            }
            if (above != null) {
                open.keep(this);
            }
            return opened;
        }
    }

    private RestoreDirectory openAgain(RestoreDirectory parent) throws IOException {
        try (parent) {
            RestoreDirectory again = parent.openChildAtOnce(name);
            try {
                requireSame(again);
                directory = again;
                open.keep(this);
                return again;
            } catch (IOException e) {
                again.close();
                throw e;
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw WholeReason.of(replaced(), e);
        }
    }

    private void requireSame(RestoreDirectory again) throws IOException {
        if (unknown != null) {
            throw WholeReason.of("\"" + path()
                    + "\" can no longer be recognized: when it was closed its identity could not be read: "
                    + RestoreReason.of(unknown), unknown);
        }
        if (!again.node().identity().equals(identity)) {
            throw new IOException(replaced());
        }
    }

    private String replaced() {
        return "\"" + path() + "\" is no longer the directory in which this restore worked";
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (KnownDirectory at = this; at.above != null; at = at.above) {
            path.insert(0, "/" + at.name);
        }
        return path.toString();
    }

    /** For {@link OpenDirectories}, which is a user from now on. */
    void stayOpen() {
        directory.retain();
    }

    /** For {@link OpenDirectories}, which lets go of it until it is used again. */
    void rest() {
        try (RestoreDirectory closing = directory) {
            identity = identity == null ? closing.node().identity() : identity;
        } catch (IOException e) {
            unknown = e; // it is not entered again
        }
    }

    /** For {@link OpenDirectories}, which lets go of it for good. */
    void end() {
        directory.close();
    }

    @Override
    public void close() {
        synchronized (open) {
            KnownDirectory at = this;
            while (at != null && --at.users == 0) {
                at.forget();
                at = at.above;
            }
        }
    }

    private void forget() {
        if (above == null) {
            directory.close();
        } else {
            above.below.remove(name);
            open.remove(this);
        }
    }
}
