package dev.kloset.files.store;

import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.StoreWriter;
import dev.kloset.files.posix.Temporaries;
import dev.kloset.files.posix.WholeReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an empty repository. Everything is synced before CONFIG appears, so a CONFIG proves that the rest exists. If two
 * processes create one at once, one of them is refused. It reuses what an earlier attempt left that ended with a full disk or a
 * kill.
 */
final class StoreCreation {

    /** The buckets, and as many temporary files. */
    private static final int MOST_ENTRIES = 2 * StoreLayout.BUCKETS.size();

    private final StoreLayout layout;
    private final StoreWriter writer;
    private final Temporaries temporaries;
    private final Disk disk;

    StoreCreation(StoreLayout layout, StoreWriter writer, Temporaries temporaries, Disk disk) {
        this.disk = disk;
        this.layout = layout;
        this.writer = writer;
        this.temporaries = temporaries;
    }

    void create(byte[] config) throws IOException, InterruptedException {
        makeRoot(layout.root());
        requireOurs(); // before a file is made in a directory with unrelated content
        try (CreationLock lock = CreationLock.take(layout.root())) {
            if (lock.isHeld()) {
                layout.stagings().forEach(temporaries::sweep);
                requireOurs();
            }
            make(layout.locks(), lock);
            for (Path buckets : layout.bucketRoots()) {
                makeBuckets(buckets, lock);
            }
            disk.forceDirectory(layout.root());
            writer.publish(layout.root(), layout.root(), StoreLayout.CONFIG, new ByteArrayInputStream(config));
            lock.remove();
        } catch (CreationLock.BusyException e) {
            throw refusal("another process is making one", e);
        }
    }

    private void make(Path directory, CreationLock lock) throws IOException {
        try {
            Files.createDirectory(directory, StoreWriter.DIRECTORY_OF_OWNER);
        } catch (FileAlreadyExistsException e) {
            if (!lock.isHeld()) {
                throw refusal("another process has just begun to make one, or has left one unfinished", e);
            }
        }
    }

    /** Make a directory like {@code mkdir -p}, with every new name durable. */
    private void makeRoot(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeRoot(parent);
        }
        try {
            writer.makeDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            throw refusal(directory.equals(layout.root()) ? "it is not a directory" : directory + " is not a directory",
                    e);
        }
    }

    /** Fail unless there is only what {@link #create} makes before CONFIG, all of it empty. */
    private void requireOurs() throws IOException {
        if (Files.exists(layout.config(), LinkOption.NOFOLLOW_LINKS)) {
            throw refusal("there is one already", null);
        }
        for (Path entry : entries(layout.root())) {
            boolean ours = entry.endsWith(CreationLock.NAME) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                    || temporaries.isOurs(entry)
                    || entry.equals(layout.locks()) && isEmptyDirectory(entry)
                    || layout.bucketRoots().contains(entry) && holdsEmptyBuckets(entry);
            if (!ours) {
                throw refusal("the directory is not empty", null);
            }
        }
    }

    private boolean holdsEmptyBuckets(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        for (Path entry : entries(directory)) {
            boolean bucket = StoreLayout.BUCKETS.contains(String.valueOf(entry.getFileName()))
                    && isEmptyDirectory(entry);
            if (!bucket && !temporaries.isOurs(entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && entries(directory).isEmpty();
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                found.add(entry);
                if (found.size() > MOST_ENTRIES) {
                    break; // a repository without objects has fewer entries, so this is unrelated content
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The buckets themselves are not synced: 512 syncs take long on a slow disk, and a put makes a lost bucket again. */
    private void makeBuckets(Path buckets, CreationLock lock) throws IOException {
        make(buckets, lock);
        for (String bucket : StoreLayout.BUCKETS) {
            make(buckets.resolve(bucket), lock);
        }
        disk.forceDirectory(buckets);
    }

    private IOException refusal(String reason, @Nullable IOException cause) {
        String sentence = "cannot make a repository at " + layout.root() + ": " + reason;
        return cause == null ? new IOException(sentence) : WholeReason.of(sentence, cause);
    }
}
