package dev.kloset.files;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The entries of one directory, in any order, read while they are asked for. For one thread at a time. */
abstract sealed class SourceListing implements Closeable permits AnchoredListing, NamedListing {

    /**
     * An entry.
     *
     * @param name its name in bytes
     * @param directory whether it is known to be a directory; if not it may be one all the same
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Entry(byte[] name, boolean directory) {}

    /** {@return the next entry, null at the end} */
    abstract @Nullable Entry next() throws IOException;

    /** {@return the entry of this name} Good until the listing is closed; the caller closes it before. */
    abstract SourceFile file(byte[] name) throws IOException;

    @Override
    public abstract void close();
}
