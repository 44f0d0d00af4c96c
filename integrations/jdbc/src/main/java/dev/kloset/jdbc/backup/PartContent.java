package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import dev.kloset.internal.OnceClosedStream;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a part. It leases a connection while it is open; a small part is read at once, so that the next one can have the
 * connection however slowly the host takes the bytes.
 */
record PartContent(Dialect dialect, Readers readers, Table table, Part part, int index, TableTally tally)
        implements
            Content {

    private static final int AT_ONCE = 256 << 10;

    @Override
    public InputStream open() throws IOException {
        return open(null);
    }

    /** {@return the rows, whose last read throws if they are not those with this digest} */
    InputStream openAgain(Digest digest) throws IOException {
        return open(digest);
    }

    /**
     * {@return the rows, compressed again}
     *
     * @throws IOException if they are not those with this digest
     */
    InputStream openZippedAgain(Digest digest) throws IOException {
        try (InputStream rows = open()) {
            byte[] zipped = PartFile.zip(rows.readAllBytes());
            if (!digest.equals(Digest.of(zipped))) {
                throw others();
            }
            return new ByteArrayInputStream(zipped);
        }
    }

    private IOException others() {
        return new IOException(table.name() + " has other rows than when it was listed: the moment that this"
                + " backup shows is gone, or this is a bug");
    }

    private InputStream open(@Nullable Digest expected) throws IOException {
        Connection connection = lease();
        Rows rows = null;
        try {
            rows = new Rows(dialect.read(connection, table, part), connection, expected);
            byte[] first = rows.readNBytes(AT_ONCE);
            if (first.length < AT_ONCE) {
                rows.close();
                return new ByteArrayInputStream(first);
            }
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(first), rows);
            connection = null;
            return all;
        } catch (SQLException e) {
            throw new IOException("cannot read " + table.name(), e);
        } finally {
            if (connection != null) {
                end(rows, connection);
            }
        }
    }

    private void end(@Nullable Rows rows, Connection connection) throws IOException {
        if (rows == null) {
            readers.giveBack(connection);
        } else {
            rows.close();
        }
    }

    private Connection lease() throws IOException {
        try {
            return readers.lease();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stop = new InterruptedIOException("interrupted while waiting for a connection");
            stop.initCause(e);
            throw stop;
        }
    }

    /** Counts the lines, compares their digest, and gives the connection back. */
    private final class Rows extends OnceClosedStream {

        private final Connection connection;
        private final @Nullable Digest expected;
        private final MessageDigest digest = Digest.algorithm();
        private long lines;
        private boolean isAtEnd;

        Rows(InputStream in, Connection connection, @Nullable Digest expected) {
            super(in);
            this.connection = connection;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int i = offset; i < offset + count; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            if (count > 0 && expected != null) {
                digest.update(buffer, offset, count);
            }
            if (count < 0) {
                end();
            }
            return count;
        }

        private void end() throws IOException {
            if (isAtEnd) {
                return;
            }
            isAtEnd = true;
            if (expected != null && !expected.equals(Digest.of(digest))) {
                throw others();
            }
            tally.add(index, lines);
        }

        @Override
        protected void closed(boolean well) {
            readers.giveBack(connection);
        }
    }
}
