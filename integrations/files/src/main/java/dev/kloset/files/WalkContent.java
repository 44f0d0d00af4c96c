package dev.kloset.files;

import dev.kloset.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The content of a regular file that was listed a while ago, opened when it is wanted. If something else has its name by
 * then that is an error, and nothing else is opened: a pipe would wait for a writer, perhaps for ever, and a device may act.
 */
final class WalkContent implements Content {

    private final Path path;

    WalkContent(Path path) {
        this.path = path;
    }

    @Override
    public InputStream open() throws IOException {
        RestoreNative calls = RestoreNative.instance();
        try (RestoreNode node = calls == null ? RestoreNode.named(path) : hold(calls)) {
            String kind = kind(node.kind());
            if (kind != null) {
                throw new IOException("it was a file when it was listed and is " + kind + " now");
            }
            return node.read();
        } catch (NoSuchFileException e) {
            throw as(new NoSuchFileException(path.toString()), e);
        } catch (AccessDeniedException e) {
            throw as(new AccessDeniedException(path.toString()), e);
        }
    }

    /** {@return {@code failure}} The one that it is made of has a name that the user does not know. */
    private static IOException as(IOException failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }

    /** {@return the file itself, which opens nothing yet} */
    private RestoreNode hold(RestoreNative calls) throws IOException {
        return RestoreNode.owning(calls, calls.openName(WalkName.bytes(path)));
    }

    private static @Nullable String kind(BasicFileAttributes found) {
        if (found.isRegularFile()) {
            return null;
        }
        if (found.isDirectory()) {
            return "a directory";
        }
        return found.isSymbolicLink() ? "a symbolic link" : "a pipe, a socket or a device";
    }
}
