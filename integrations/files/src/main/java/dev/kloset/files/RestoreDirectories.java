package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The directories of a restore. They are made at once, closed to everybody else, and get owner, time and mode when all else
 * is done: every file that is put in changes the time, and the mode may forbid to put one in. So this remembers a record per
 * directory, until then without a result. For one thread.
 */
final class RestoreDirectories {

    private static final System.Logger LOG = System.getLogger(RestoreDirectories.class.getName());
    private static final int OWNER_MAY_ALL = 0700;
    private static final int PERMISSIONS = 07777;

    private final RestoreTree tree;
    private final Temporaries temporaries;
    private final RestoreMetadata metadata;
    private final List<FileRecord> unfinished = new ArrayList<>();

    RestoreDirectories(RestoreTree tree, Temporaries temporaries, RestoreMetadata metadata) {
        this.tree = tree;
        this.temporaries = temporaries;
        this.metadata = metadata;
    }

    /** Make the directory or take the one that is there. */
    void begin(FileRecord record) throws IOException {
        String pathname = record.pathname();
        if (pathname.equals("/")) {
            if (tree.rootExisted()) {
                adopt(pathname);
            }
        } else if (!make(pathname)) {
            adopt(pathname);
        }
        unfinished.add(record);
    }

    private boolean make(String pathname) throws IOException {
        try (RestoreDirectory parent = tree.enter(RestorePath.parent(pathname))) {
            Path directory = parent.at(RestorePath.name(pathname));
            try {
                Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
                return true;
            } catch (FileAlreadyExistsException e) {
                if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                String found = Files.isSymbolicLink(directory) ? "a symbolic link" : "a file";
                throw new IOException(found + " is in its place", e);
            }
        }
    }

    /** A directory from before: an earlier restore may have been killed in it, and its mode may keep us out. */
    private void adopt(String pathname) throws IOException {
        try (RestoreDirectory directory = tree.find(pathname)) {
            open(directory);
            temporaries.sweep(directory.self());
        }
    }

    private static void open(RestoreDirectory directory) {
        try {
            int mode = (Integer) Files.getAttribute(directory.self(), "unix:mode");
            if ((mode & OWNER_MAY_ALL) != OWNER_MAY_ALL) {
                Files.setAttribute(directory.self(), "unix:mode", mode & PERMISSIONS | OWNER_MAY_ALL);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "somebody else's directory stays as it is", e);
        }
    }

    /** Give all directories their metadata, the deepest first, and bring them to the disk. */
    void finish(RestoreResults results) throws IOException, InterruptedException {
        unfinished.sort(Comparator.comparing(FileRecord::pathname).reversed());
        try (RestoreSync sync = new RestoreSync()) {
            for (FileRecord record : unfinished) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted");
                }
                finish(record, sync, results);
            }
            sync.sync();
        }
    }

    private void finish(FileRecord record, RestoreSync sync, RestoreResults results) {
        try (RestoreDirectory directory = tree.find(record.pathname())) {
            sync.cover(directory);
            results.restored(record, keepsItsOwn(record) ? List.of() : metadata.apply(directory.node(), record.info()));
        } catch (IOException | RuntimeException e) {
            results.failed(record, e);
        }
    }

    /**
     * {@return whether {@code record} says nothing of a real directory and there was one} Plakar makes up a root when it
     * restores a single file; with its mode, {@code /tmp} would be closed to everybody but root.
     */
    private boolean keepsItsOwn(FileRecord record) {
        FileInfo info = record.info();
        return record.pathname().equals("/") && tree.rootExisted() && info.dev() == 0 && info.ino() == 0;
    }
}
