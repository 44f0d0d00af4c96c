package dev.kloset.jdbc.dialect.mariadb.rows;

import dev.kloset.internal.BulkStream;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.ServerError;
import java.io.IOException;
import java.sql.SQLException;

/** The rows of a part as a stream. Its memory is a chunk of lines, or one value of up to {@link PartQuery#LARGE_BYTES}. For one thread. */
final class PartStream extends BulkStream {

    private static final int CHUNK = 64 << 10;

    private final TableName table;
    private final PartRows reader;
    private final LineBuffer buffer = new LineBuffer();
    private boolean isAtEnd;

    PartStream(TableName table, PartRows reader) {
        this.table = table;
        this.reader = reader;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (buffer.size() < CHUNK && !isAtEnd) {
                isAtEnd = !reader.next(buffer);
            }
        } catch (SQLException e) {
            throw new IOException("cannot read " + table + ": " + ServerError.message(e), e);
        }
        return buffer.size() == 0 ? -1 : buffer.take(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (SQLException e) {
            throw new IOException("cannot end the reading of " + table + ": " + ServerError.message(e), e);
        }
    }
}
