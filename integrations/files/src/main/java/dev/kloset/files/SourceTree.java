package dev.kloset.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tree that is backed up, held by its start. Where the system can, every file in it is reached from the start without
 * following a symbolic link: a user who replaces a directory by a link while the super-user reads it leads nowhere. For any number
 * of threads.
 */
abstract sealed class SourceTree implements Closeable permits AnchoredSource, NamedSource {

    /**
     * {@return the tree or the single file at {@code start}} The caller closes, after the last content was read.
     *
     * @throws IOException if it is not there
     */
    static SourceTree open(Path start) throws IOException {
        SourceCalls calls = SourceCalls.instance();
        return calls == null ? new NamedSource(start) : AnchoredSource.open(calls, start);
    }

    /** {@return what is at {@code place} now, itself if it is a symbolic link} The caller closes. */
    abstract SourceFile hold(SourcePlace place) throws IOException;

    @Override
    public abstract void close();
}
