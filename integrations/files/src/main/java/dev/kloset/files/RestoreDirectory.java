package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory of a restore, held so that nobody can put another one in its place between two uses. Shared and counted:
 * whoever is given one closes it, and who hands it on {@link #retain}s it for the other. For several threads.
 */
abstract sealed class RestoreDirectory implements AutoCloseable
        permits RestoreAnchoredDirectory, RestorePlainDirectory {

    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * {@return a path for {@code name} in this directory, or with {@code .} for itself} Good for calls that do not follow
     * symbolic links.
     */
    abstract Path at(String name);

    /** {@return a path for the directory itself, good even where it may not be searched} It may be a link: follow it. */
    abstract Path self();

    /**
     * {@return the directory {@code name} in this one, with one user}
     *
     * @throws java.nio.file.NoSuchFileException if there is nothing
     * @throws java.nio.file.NotDirectoryException if it is something else, a symbolic link to a directory included
     */
    abstract RestoreDirectory openChild(String name) throws IOException;

    abstract void makeSymlink(String target, String name) throws IOException;

    abstract void makePipe(String name) throws IOException;

    /** {@return {@code name} itself, even if it is a symbolic link} The caller closes. */
    abstract RestoreNode hold(String name) throws IOException;

    /** {@return this directory} Good until it is closed; closing the node does nothing to it. */
    abstract RestoreNode node();

    /**
     * {@return a new empty file for the owner only} It has no name where that is possible, else {@code temporary}; the
     * caller finds out and closes.
     */
    abstract RestoreNode create(String temporary) throws IOException;

    /**
     * Give a file of {@link #create} the name {@code name}.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is taken
     */
    abstract void link(RestoreNode file, String name) throws IOException;

    /** {@return whether what is made here gets an access list from this directory} Asked once. */
    boolean lendsLists() {
        return false;
    }

    final RestoreDirectory retain() {
        users.incrementAndGet();
        return this;
    }

    @Override
    public final void close() {
        if (users.decrementAndGet() == 0) {
            dispose();
        }
    }

    abstract void dispose();
}
