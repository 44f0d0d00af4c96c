package dev.kloset.files.source;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The entries of one directory, in any order, read on demand. For one thread at a time. */
public abstract sealed class SourceListing implements Closeable permits AnchoredListing, NamedListing {

    /**
     * An entry.
     *
     * @param name its name in bytes
     * @param directory whether it is known to be a directory; if not, it may still be one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Entry(byte[] name, boolean directory) {}

    /** {@return the next entry, null at the end} */
    public abstract @Nullable Entry next() throws IOException;

    /** {@return the entry with this name} It is valid until the listing is closed; the caller closes it first. */
    public abstract SourceFile file(byte[] name) throws IOException;

    @Override
    public abstract void close();
}
