package dev.kloset.files.restore.node;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * Marks a root that a restore has made and that waits for its mode. A killed restore leaves the root closed to all but its
 * owner; the next restore must not mistake that for the user's choice. Without extended attributes there is no mark.
 */
final class UnfinishedRoot {

    private static final String NAME = "kloset.unfinished";
    private static final int MADE_WITH = 0700;
    private static final int PERMISSIONS = 07777;

    private UnfinishedRoot() {}

    static void mark(Path root) {
        try {
            UserDefinedFileAttributeView view = view(root);
            if (view != null) {
                view.write(NAME, ByteBuffer.allocate(1));
            }
        } catch (IOException e) {
            log("cannot mark " + root + " as unfinished", e);
        }
    }

    /** {@return whether a restore made {@code root}, as this user, and nothing about it has changed since} */
    static boolean isMarked(Path root) {
        try {
            UserDefinedFileAttributeView view = view(root);
            return view != null && view.list().contains(NAME)
                    && ((Integer) Files.getAttribute(root, "unix:mode") & PERMISSIONS) == MADE_WITH;
        } catch (IOException e) {
            return false;
        }
    }

    static void unmark(Path root) {
        try {
            UserDefinedFileAttributeView view = view(root);
            if (view != null && view.list().contains(NAME)) {
                view.delete(NAME);
            }
        } catch (IOException e) {
            log("cannot remove the mark from " + root, e);
        }
    }

    private static @Nullable UserDefinedFileAttributeView view(Path root) {
        return Files.getFileAttributeView(root, UserDefinedFileAttributeView.class);
    }

    // Get the logger only for a message: the first logger of a process loads much of the JDK.
    private static void log(String message, IOException cause) {
        System.getLogger(UnfinishedRoot.class.getName()).log(Level.DEBUG, message, cause);
    }
}
