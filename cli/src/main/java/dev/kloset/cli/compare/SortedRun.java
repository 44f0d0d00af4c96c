package dev.kloset.cli.compare;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of sorted entries. */
final class SortedRun implements SortedEntries {

    private static final int BUFFER_BYTES = 1 << 16;

    private final DataInputStream in;
    private long left;

    private SortedRun(DataInputStream in) throws IOException {
        this.in = in;
        this.left = in.readLong();
    }

    static SortedRun open(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        return new SortedRun(in);
    }

    /** Write {@code count} entries to a new file. */
    static void write(Path file, long count, SortedEntries entries) throws IOException {
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            out.writeLong(count);
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                entry.write(out);
            }
        }
    }

    long count() {
        return left;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (left == 0) {
            return null;
        }
        left--;
        return Entry.read(in);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
