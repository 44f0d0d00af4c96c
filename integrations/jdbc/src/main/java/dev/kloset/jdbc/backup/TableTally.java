package dev.kloset.jdbc.backup;

import java.io.IOException;
import java.util.BitSet;

/** Counts the rows that the host has read of a table. Safe for any number of threads. */
final class TableTally {

    private final String table;
    private final int parts;
    private final BitSet read = new BitSet(); // guarded by this
    private long rows; // guarded by this
    private long expected = -1; // guarded by this; until the database has counted

    TableTally(String table, int parts) {
        this.table = table;
        this.parts = parts;
    }

    /**
     * A part was read to its end.
     *
     * @throws IOException if it was the last one, and the database counts other rows
     */
    synchronized void add(int part, long count) throws IOException {
        if (!read.get(part)) {
            read.set(part);
            rows += count;
            compare();
        }
    }

    /** Compare with the number that the database counts, now or as soon as all parts were read. */
    synchronized void check(long counted) throws IOException {
        expected = counted;
        compare();
    }

    private void compare() throws IOException {
        if (expected >= 0 && read.cardinality() == parts && rows != expected) {
            throw new IOException(table + " has " + expected + " rows, but its parts have " + rows
                    + ": it was changed while it was read, or this is a bug");
        }
    }
}
