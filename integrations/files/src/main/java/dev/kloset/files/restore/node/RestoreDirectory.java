package dev.kloset.files.restore.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory of a restore, held so that no other can take its place between two uses. It is shared and has a reference count:
 * close every directory that you get, and {@link #retain} it before you pass it on. Safe for several threads.
 */
public abstract sealed class RestoreDirectory implements AutoCloseable
        permits RestoreAnchoredDirectory, RestorePlainDirectory {

    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * {@return a path for {@code name} in this directory, or with {@code .} for the directory itself} Use it in calls that do
     * not follow symbolic links.
     */
    public abstract Path at(String name);

    /** {@return a path for the directory itself, usable even if the directory may not be searched} It may be a link: follow it. */
    public abstract Path self();

    /**
     * {@return the directory {@code name} in this one, with a reference count of one}
     *
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws java.nio.file.NotDirectoryException if it is something else, including a symbolic link to a directory
     */
    abstract RestoreDirectory openChild(String name) throws IOException;

    /** The same as {@link #openChild}, without a wait if no more files may be open. For {@code OpenFileLimit.retrying}. */
    RestoreDirectory openChildAtOnce(String name) throws IOException {
        return openChild(name);
    }

    public abstract void makeSymlink(String target, String name) throws IOException;

    public abstract void makePipe(String name) throws IOException;

    /** {@return {@code name} itself, even if it is a symbolic link} The caller closes it. */
    public abstract RestoreNode hold(String name) throws IOException;

    /** {@return this directory as a node} It is valid until the directory is closed; closing the node does not affect the directory. */
    public abstract RestoreNode node();

    /**
     * {@return a new empty file that only its owner may use} It has no name where that is possible, otherwise {@code
     * temporary}; the caller finds out which, and closes the file.
     */
    abstract RestoreNode create(String temporary) throws IOException;

    /**
     * Give {@code file}, which may be a symbolic link, its first or another name.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    public abstract void link(RestoreNode file, String name) throws IOException;

    /**
     * Remove the directory {@code name} with its whole content.
     *
     * @throws IOException if a part is left; the message is the whole reason
     */
    abstract void removeTree(String name, DirectoryRemoval.Guard guard) throws IOException;

    /** {@return whether new entries get an access list from this directory} Determined once. */
    public boolean lendsLists() {
        return false;
    }

    public final RestoreDirectory retain() {
        users.incrementAndGet();
        return this;
    }

    /** {@return whether it was open still, and has one more user now} */
    final boolean retainIfOpen() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    @Override
    public final void close() {
        if (users.decrementAndGet() == 0) {
            dispose();
        }
    }

    abstract void dispose();
}
