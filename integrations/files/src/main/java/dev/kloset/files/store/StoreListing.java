package dev.kloset.files.store;

import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads the content of a repository from the directories themselves, because other processes add and remove objects at any time. */
final class StoreListing {

    private final StoreLayout layout;

    StoreListing(StoreLayout layout) {
        this.layout = layout;
    }

    /** {@return the MACs of all objects of {@code resource}} Ignores anything else in the directories. */
    List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        List<ObjectMac> macs = new ArrayList<>();
        Path directory = layout.directory(resource);
        if (!layout.isBucketed(resource)) {
            collect(directory, "", macs);
            return macs;
        }
        for (String bucket : present(directory)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            collect(directory.resolve(bucket), bucket, macs);
        }
        return macs;
    }

    private static List<String> present(Path directory) throws IOException {
        List<String> names = new ArrayList<>(StoreLayout.BUCKETS.size());
        forEachName(directory, name -> {
            if (isLowerCaseHex(name, 2)) {
                names.add(name);
            }
        });
        return names;
    }

    private static void collect(Path directory, String bucket, List<ObjectMac> macs) throws IOException {
        forEachName(directory, name -> {
            if (isLowerCaseHex(name, 2 * ObjectMac.BYTES) && name.startsWith(bucket)) {
                macs.add(ObjectMac.fromHex(name));
            }
        });
    }

    private static boolean isLowerCaseHex(String name, int digits) {
        // No stream: most listings end before the JVM has compiled one.
        boolean hex = name.length() == digits;
        for (int i = 0; hex && i < digits; i++) {
            char c = name.charAt(i);
            hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        return hex;
    }

    private static void forEachName(Path directory, Consumer<String> action) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                action.accept(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** {@return the total size of all files below the root} Files that vanish meanwhile do not count. */
    long size() throws IOException, InterruptedException {
        Path root = layout.root().toRealPath(); // a walk treats a link as a file
        var visitor = new SimpleFileVisitor<Path>() {
            private long bytes;

            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        };
        Files.walkFileTree(root, visitor);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
        return visitor.bytes;
    }
}
