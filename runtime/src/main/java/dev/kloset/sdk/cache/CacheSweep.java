package dev.kloset.sdk.cache;

import dev.kloset.sdk.internal.temporary.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/** Deletes what is no longer used. */
final class CacheSweep {

    private static final String USER = "unix:uid";

    private CacheSweep() {}

    /** Delete what killed makers of this entry have left. Only for the owner of the lock. */
    static void leftovers(CacheEntry entry) throws IOException {
        String name = entry.directory().getFileName() + ".";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(entry.parent())) {
            for (Path each : all) {
                String other = String.valueOf(each.getFileName());
                if (other.startsWith(name + "new.") || other.startsWith(name + "old.")
                        || other.startsWith(name + "lock.")) {
                    FileTree.delete(each);
                }
            }
        }
    }

    /** Delete this user's entries of plugins that are no longer installed. What cannot be read stays. */
    static void orphans(CacheEntry entry) throws IOException {
        Object user = Files.getAttribute(entry.beside(".lock"), USER, LinkOption.NOFOLLOW_LINKS);
        try (DirectoryStream<Path> plugins = Files
                .newDirectoryStream(Objects.requireNonNull(entry.parent().getParent()))) {
            for (Path plugin : plugins) {
                try {
                    if (isOwnDirectory(plugin, user)) {
                        orphans(plugin, user);
                    }
                } catch (IOException e) {
                    // It stays, but it does not prevent a new cache.
                }
            }
        }
    }

    private static void orphans(Path plugin, Object user) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(plugin)) {
            for (Path each : entries) {
                try {
                    if (isOwnDirectory(each, user) && isOrphan(each.resolve(CacheEntry.MADE_FOR), user)) {
                        FileTree.delete(each);
                    }
                } catch (IOException | InvalidPathException e) {
                    // Neither text nor a path: not ours after all.
                }
            }
        }
    }

    private static boolean isOwnDirectory(Path path, Object user) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && belongsTo(user, path);
    }

    private static boolean isOrphan(Path madeFor, Object user) throws IOException {
        return Files.isRegularFile(madeFor, LinkOption.NOFOLLOW_LINKS) && belongsTo(user, madeFor)
                && !Files.isDirectory(Path.of(Files.readString(madeFor).strip()));
    }

    private static boolean belongsTo(Object user, Path path) throws IOException {
        return user.equals(Files.getAttribute(path, USER, LinkOption.NOFOLLOW_LINKS));
    }
}
