package dev.kloset.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes an empty repository. Everything is synced before CONFIG appears, so a CONFIG means that the rest is there; and the
 * first directory is made exclusively, so of two processes that create at once one is refused.
 */
final class StoreCreation {

    private final StoreLayout layout;
    private final StoreWriter writer;
    private final Disk disk;

    StoreCreation(StoreLayout layout, StoreWriter writer, Disk disk) {
        this.disk = disk;
        this.layout = layout;
        this.writer = writer;
    }

    void create(byte[] config) throws IOException, InterruptedException {
        makeRoot(layout.root());
        requireEmpty(layout.root());
        try {
            Files.createDirectory(layout.locks(), StoreWriter.DIRECTORY_OF_OWNER);
        } catch (FileAlreadyExistsException e) {
            throw refusal("another process has just begun to make one", e);
        }
        for (Path buckets : layout.bucketRoots()) {
            makeBuckets(buckets);
        }
        disk.forceDirectory(layout.root());
        writer.publish(layout.root(), layout.root(), StoreLayout.CONFIG, new ByteArrayInputStream(config));
    }

    /** As {@code mkdir -p}, but every new name is durable. */
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

    private void requireEmpty(Path root) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            if (entries.iterator().hasNext()) {
                String found = Files.exists(layout.config())
                        ? "there is one already"
                        : "the directory is not empty";
                throw refusal(found, null);
            }
        }
    }

    /** The buckets themselves are not synced: 512 times is long on a slow disk, and a lost one is made again by put. */
    private void makeBuckets(Path buckets) throws IOException {
        Files.createDirectory(buckets, StoreWriter.DIRECTORY_OF_OWNER);
        for (String bucket : StoreLayout.BUCKETS) {
            Files.createDirectory(buckets.resolve(bucket), StoreWriter.DIRECTORY_OF_OWNER);
        }
        disk.forceDirectory(buckets);
    }

    private IOException refusal(String reason, @Nullable IOException cause) {
        String sentence = "cannot make a repository at " + layout.root() + ": " + reason;
        return cause == null ? new IOException(sentence) : WholeReason.of(sentence, cause);
    }
}
