package dev.kloset.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a root that a restore has made and that waits for its mode. A restore that is killed leaves it closed to everybody but its
 * owner; the next one must not take that for what the user wants. Where there are no extended attributes there is no mark.
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

    /** {@return whether a restore has made {@code root}, as this user, and nothing has been changed about it since} */
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
            log("cannot take the mark from " + root, e);
        }
    }

    private static @Nullable UserDefinedFileAttributeView view(Path root) {
        return Files.getFileAttributeView(root, UserDefinedFileAttributeView.class);
    }

    // Asked for when there is something to say: the first logger of a process brings in much of the JDK.
    private static void log(String message, IOException cause) {
        System.getLogger(UnfinishedRoot.class.getName()).log(Level.DEBUG, message, cause);
    }
}
