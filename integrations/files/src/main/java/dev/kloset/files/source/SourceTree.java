package dev.kloset.files.source;

import dev.kloset.files.posix.SourceCalls;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tree to back up, held by its start. Where the system allows it, every file is reached from the start without following a
 * symbolic link, so a user who replaces a directory by a link while the super-user reads it gains nothing. Safe for any number
 * of threads.
 */
public abstract sealed class SourceTree implements Closeable permits AnchoredSource, NamedSource {

    /**
     * {@return the tree or the single file at {@code start}} The caller closes it, after reading the last content.
     *
     * @throws IOException if it does not exist
     */
    public static SourceTree open(Path start) throws IOException {
        SourceCalls calls = SourceCalls.instance();
        return calls == null ? new NamedSource(start) : AnchoredSource.open(calls, start);
    }

    /** {@return the file at {@code place} now} A symbolic link is not followed. The caller closes it. */
    public abstract SourceFile hold(SourcePlace place) throws IOException;

    @Override
    public abstract void close();
}
