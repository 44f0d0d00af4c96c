package dev.kloset.wire.stdio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of the standard streams of this process. A class of its own, because it is not needed if the launcher has moved the
 * pipes.
 */
final class StreamKind {

    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    // <sys/stat.h>
    private static final int S_IFMT = 0170000;
    private static final int S_IFIFO = 0010000;
    private static final int S_IFSOCK = 0140000;

    private StreamKind() {}

    /**
     * {@return which of the two streams to the host is neither a pipe nor a socket; null if none is, or if that cannot be seen}
     */
    static @Nullable String wrong() {
        return !carries("0") ? "standard input" : !carries("1") ? "standard output" : null;
    }

    private static boolean carries(String descriptor) {
        try {
            int kind = (int) Files.getAttribute(DESCRIPTORS.resolve(descriptor), "unix:mode") & S_IFMT;
            return kind == S_IFIFO || kind == S_IFSOCK;
        } catch (NoSuchFileException e) {
            // It is closed, unless the system shows no descriptors at all.
            return !Files.isDirectory(DESCRIPTORS);
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }
}
