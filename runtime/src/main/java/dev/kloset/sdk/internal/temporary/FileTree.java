package dev.kloset.sdk.internal.temporary;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file, or a directory with everything below it. */
public final class FileTree {

    private FileTree() {}

    /**
     * Delete a tree, if there is one. Links are not followed, and another process may delete it at the same time.
     *
     * @throws IOException at the first file that cannot be deleted; what comes after it stays
     */
    public static void delete(Path tree) throws IOException {
        // No walkFileTree: what it loads would be in the start-up cache, and linked at every start.
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(tree)) {
                for (Path each : all) {
                    delete(each);
                }
            } catch (NoSuchFileException e) {
                return; // another process was quicker
            }
        }
        Files.deleteIfExists(tree);
    }
}
