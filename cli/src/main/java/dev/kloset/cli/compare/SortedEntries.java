package dev.kloset.cli.compare;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries in the order of their paths, for one thread. Closing it releases its files. */
interface SortedEntries extends AutoCloseable {

    /** {@return the next entry, or null after the last one} */
    @Nullable
    Entry next() throws IOException;

    @Override
    void close() throws IOException;
}
