package dev.kloset.files.restore.node;

import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.FileIdentity;
import dev.kloset.files.posix.OpenFileLimit;
import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.source.AnchoredListing;
import dev.kloset.files.source.SourceListing;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory with its whole content, so that something else can take its place. Everything is reached from the open
 * directory above; no symbolic link is followed and no other file system entered. Whatever another process puts in the way
 * meanwhile, only the content of the directory is removed. The first failure ends the removal, and the rest stays.
 *
 * <p>Each entry is first treated as an empty directory, before it is opened, because the system then refuses mount points, even
 * of the same device. Few directories are open at once, so a tree may be deeper than the number of files that the process may
 * open. For one thread, once.
 */
public final class DirectoryRemoval {

    private static final int MOST_OPEN = 32;
    /**
     * Some file systems skip entries of a directory while others are removed. If more listings are needed, another process is
     * filling it.
     */
    private static final int MOST_LISTINGS = 10;
    private static final int OWNER_MAY_ALL = 0700;

    /** Decides what has to stay. */
    @FunctionalInterface
    interface Guard {
        /** @throws IOException if this file or directory must not be removed */
        void requireRemovable(FileIdentity entry) throws IOException;
    }

    /** Reports that a part of the directory is left. The message is the whole reason. */
    public static final class UnfinishedException extends IOException {
        private static final long serialVersionUID = 1;

        private UnfinishedException(String message, IOException seen) {
            super(message);
            addSuppressed(seen);
        }
    }

    private static final class Level {
        private final String name;
        private final int listings;
        private int descriptor;
        private @Nullable AnchoredListing entries; // null while it is not open

        private Level(String name, int listings) {
            this.name = name;
            this.listings = listings;
        }
    }

    private final RestoreNative calls;
    private final SourceCalls reading;
    private final int parent;
    private final Guard guard;
    private final int mostOpen;
    private final List<Level> levels = new ArrayList<>();
    private long device;
    private long removed;
    private String current = "";

    private DirectoryRemoval(RestoreNative calls, SourceCalls reading, int parent, Guard guard, int mostOpen) {
        this.calls = calls;
        this.reading = reading;
        this.parent = parent;
        this.guard = guard;
        this.mostOpen = mostOpen;
    }

    /**
     * Remove {@code name} in the open directory {@code parent}.
     *
     * @throws UnfinishedException if something is left
     * @throws ClosedByInterruptException if the thread is interrupted; something may be left
     */
    static void remove(RestoreNative calls, SourceCalls reading, int parent, String name, Guard guard)
            throws IOException {
        remove(calls, reading, parent, name, guard, Math.min(MOST_OPEN, OpenFileLimit.share()));
    }

    /**
     * @param mostOpen how many directories, from the first one down, stay open while one below them is emptied
     */
    static void remove(RestoreNative calls, SourceCalls reading, int parent, String name, Guard guard, int mostOpen)
            throws IOException {
        new DirectoryRemoval(calls, reading, parent, guard, mostOpen).remove(name);
    }

    private void remove(String name) throws IOException {
        try {
            device = RestoreNode.borrowing(calls, parent).identity().device();
            remove(parent, name, true);
            while (!levels.isEmpty()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
                advance();
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw unfinished(e);
        } finally {
            levels.forEach(DirectoryRemoval::close);
        }
    }

    /** Remove one more entry, or the directory itself after the last one. */
    private void advance() throws IOException {
        Level level = levels.getLast();
        AnchoredListing entries = level.entries == null ? reopen(level) : level.entries;
        SourceListing.Entry entry = entries.next();
        if (entry == null) {
            leave(level);
        } else {
            remove(level.descriptor, QuotedName.of(entry.name()), entry.directory());
        }
    }

    private void remove(int directory, String name, boolean isDirectory) throws IOException {
        current = name;
        FileIdentity identity = reading.identity(directory, QuotedName.bytes(name));
        if (identity == null) {
            return; // another process has removed it
        }
        guard.requireRemovable(identity);
        int errno = calls.remove(directory, name, isDirectory);
        if (errno == Errno.EISDIR || errno == Errno.ENOTDIR) {
            errno = calls.remove(directory, name, !isDirectory);
        }
        if (isFull(errno)) {
            enter(directory, name, 1);
        } else {
            count(errno, name);
        }
    }

    private static boolean isFull(int errno) {
        return errno == Errno.ENOTEMPTY || errno == Errno.EEXIST;
    }

    private void count(int errno, String name) throws IOException {
        if (errno == Errno.EBUSY) {
            throw new IOException("something is mounted there, or it is in use");
        }
        if (errno != 0 && errno != Errno.ENOENT) {
            throw Errno.failure(errno, name);
        }
        removed += errno == 0 ? 1 : 0;
    }

    private void enter(int directory, String name, int listings) throws IOException {
        Level level = new Level(name, listings);
        open(level, directory);
        if (levels.size() > mostOpen) {
            close(levels.getLast());
        }
        levels.add(level);
    }

    private AnchoredListing open(Level level, int directory) throws IOException {
        int held = hold(directory, level.name);
        try {
            letUsIn(held);
            level.descriptor = calls.openDirectoryForReading(held, ".");
            level.entries = new AnchoredListing(reading, new OwnerNames(), level.descriptor);
            return level.entries;
        } finally {
            calls.close(held);
        }
    }

    private int hold(int directory, String name) throws IOException {
        int held = calls.openDirectory(directory, name);
        try {
            if (RestoreNode.borrowing(calls, held).identity().device() == device) {
                return held;
            }
            throw new IOException("it is on another file system, or a subvolume");
        } catch (IOException e) {
            calls.close(held);
            throw e;
        }
    }

    /** Give this user access: an ordinary user may remove nothing from a read-only directory, even their own. */
    private void letUsIn(int held) throws IOException {
        RestoreNode node = RestoreNode.borrowing(calls, held);
        int mode = node.permissions();
        if ((mode & OWNER_MAY_ALL) != OWNER_MAY_ALL) {
            try {
                node.setMode(mode | OWNER_MAY_ALL);
            } catch (IOException e) {
                // It belongs to another user. The next step shows whether it can still be emptied.
            }
        }
    }

    /** Reopen a directory that was closed while one below it was emptied: step by step, from the last open one. */
    private AnchoredListing reopen(Level level) throws IOException {
        int at = levels.get(mostOpen - 1).descriptor;
        boolean isHeld = false;
        try {
            for (Level above : levels.subList(mostOpen, levels.size() - 1)) {
                int next = hold(at, above.name);
                if (isHeld) {
                    calls.close(at);
                }
                at = next;
                isHeld = true;
            }
            return open(level, at);
        } finally {
            if (isHeld) {
                calls.close(at);
            }
        }
    }

    /** Remove the innermost directory, whose listing is at its end. */
    private void leave(Level level) throws IOException {
        close(level);
        levels.removeLast();
        current = level.name;
        int above = parent;
        if (!levels.isEmpty()) {
            Level last = levels.getLast();
            if (last.entries == null) {
                reopen(last);
            }
            above = last.descriptor;
        }
        int errno = calls.remove(above, level.name, true);
        if (!isFull(errno)) {
            count(errno, level.name);
        } else if (level.listings < MOST_LISTINGS) {
            enter(above, level.name, level.listings + 1);
        } else {
            throw new IOException("another process fills it while it is emptied");
        }
    }

    private static void close(Level level) {
        if (level.entries != null) {
            level.entries.close();
            level.entries = null;
        }
    }

    private UnfinishedException unfinished(IOException reason) {
        String gone = removed == 0 ? "nothing was removed" : "only a part was removed, " + removed + " entries";
        List<String> names = new ArrayList<>(levels.stream().map(level -> level.name).toList());
        names.add(current);
        String place = names.size() == 1
                ? "it"
                : names.stream().skip(1).collect(Collectors.joining("/", "\"", "\" in it"));
        return new UnfinishedException("a directory that is not empty is in its place; " + gone + ", because "
                + place + " could not be removed: " + RestoreReason.of(reason), reason);
    }
}
