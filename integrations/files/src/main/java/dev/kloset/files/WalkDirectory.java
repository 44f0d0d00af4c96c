package dev.kloset.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A directory on its way through the walk, for one thread at a time. It is read as a stream: of a directory of any size
 * only the names of the next few subdirectories are kept, and it is open only while it is read or has more of them than that.
 *
 * <p>What waits long is taken for old by the collector of young garbage, which then leaves it and all that it refers to until
 * the heap is full: so few wait, nothing more is kept than their names, and nothing at all of a stream that is closed.
 */
final class WalkDirectory implements Closeable {

    /** So few that the last one is walked before it is old, so many that most directories are read to the end at once. */
    private static final int MAX_PENDING = 32;

    private final Path path;
    private final String pathname;
    private final Deque<Path> pending = new ArrayDeque<>();
    private @Nullable DirectoryStream<Path> stream;
    private @Nullable Iterator<Path> entries;
    private boolean done;

    /** A directory that is opened by the first {@link #next}. */
    WalkDirectory(Path path, String pathname) {
        this.path = path;
        this.pathname = pathname;
    }

    String pathname() {
        return pathname;
    }

    /** {@return the path of the record for an entry of this name} */
    String pathname(String name) {
        return pathname.equals("/") ? "/" + name : pathname + "/" + name;
    }

    /** {@return whether so many subdirectories wait that they should be walked before reading on} */
    boolean isFull() {
        return pending.size() >= MAX_PENDING;
    }

    /** Keep a subdirectory by its name. */
    void addPending(Path name) {
        pending.add(name);
    }

    /** {@return the subdirectory that waits longest, null if none does} */
    @Nullable
    WalkDirectory takePending() {
        Path name = pending.poll();
        if (name == null) {
            return null;
        }
        Path child = path.resolve(name);
        return new WalkDirectory(child, pathname(WalkName.of(child).text()));
    }

    /** {@return whether everything has been read} Subdirectories may still be pending. */
    boolean isDone() {
        return done;
    }

    /**
     * {@return the next entry, or null at the end} Not to be called when it {@link #isDone}.
     *
     * @throws IOException if the directory cannot be opened or read on; it is done then
     */
    @SuppressWarnings("StreamResourceLeak") // It outlives this call; close() closes it.
    @Nullable
    Path next() throws IOException {
        Path entry = null;
        try {
            if (entries == null) {
                stream = Files.newDirectoryStream(path);
                entries = stream.iterator();
            }
            entry = entries.hasNext() ? entries.next() : null;
            return entry;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } finally {
            if (entry == null) {
                close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        done = true;
        DirectoryStream<Path> opened = stream;
        stream = null;
        entries = null;
        if (opened != null) {
            opened.close();
        }
    }
}
