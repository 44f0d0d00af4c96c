package dev.kloset.jdbc.backup;

import dev.kloset.Content;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.layout.CheckFile;
import dev.kloset.jdbc.layout.Layout;
import dev.kloset.jdbc.layout.SqlFile;
import dev.kloset.jdbc.layout.TableFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Emits the directory of a table. */
record TableRecords(Dialect dialect, Readers readers, SnapshotRecords records, long partBytes) {

    // Each part costs memory while its table is listed.
    private static final long MAX_PARTS = 1 << 16;
    private static final int GROWTH = 4;

    void emit(Table table, Scripts scripts) throws IOException, InterruptedException {
        TableName name = table.name();
        records.directory(Layout.table(name));
        records.text(Layout.description(name), new TableFile(dialect.name(), table).write());
        records.text(Layout.script(name), SqlFile.write(scripts.tables().getOrDefault(name, List.of())));
        List<Part> parts = parts(table);
        TableTally tally = new TableTally(name.toString(), parts.size());
        emitParts(table, parts, tally);
        records.text(Layout.after(name), SqlFile.write(scripts.tableAfter().getOrDefault(name, List.of())));
        records.content(Layout.check(name), check(name, tally));
    }

    private List<Part> parts(Table table) throws IOException, InterruptedException {
        long bytes = partBytes;
        while (table.bytes() / bytes > MAX_PARTS) {
            bytes *= GROWTH;
        }
        Connection connection = readers.lease();
        try {
            return dialect.parts(connection, table, bytes);
        } catch (SQLException e) {
            throw new IOException("cannot divide " + table.name() + " into parts", e);
        } finally {
            readers.giveBack(connection);
        }
    }

    private void emitParts(Table table, List<Part> parts, TableTally tally) throws IOException, InterruptedException {
        records.directory(Layout.data(table.name()));
        String directory = "";
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String own = Layout.directory(table.name(), part.number());
            if (!own.equals(directory)) {
                directory = own;
                records.directory(own);
            }
            records.content(Layout.part(table.name(), part.number()),
                    new PartContent(dialect, readers, table, part, i, tally));
        }
    }

    /** Asks the database, so that it also proves that the parts have every row. */
    private Content check(TableName name, TableTally tally) {
        return () -> {
            try {
                long rows = count(name);
                tally.check(rows);
                return Content.of(new CheckFile(rows).write()).open();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException stop = new InterruptedIOException("interrupted while counting " + name);
                stop.initCause(e);
                throw stop;
            }
        };
    }

    private long count(TableName name) throws IOException, InterruptedException {
        Connection connection = readers.lease();
        try {
            return dialect.count(connection, name);
        } catch (SQLException e) {
            throw new IOException("cannot count the rows of " + name, e);
        } finally {
            readers.giveBack(connection);
        }
    }
}
