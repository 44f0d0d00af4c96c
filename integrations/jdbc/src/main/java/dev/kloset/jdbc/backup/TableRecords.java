package dev.kloset.jdbc.backup;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.layout.CheckFile;
import dev.kloset.jdbc.layout.Layout;
import dev.kloset.jdbc.layout.SqlFile;
import dev.kloset.jdbc.layout.TableFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Emits the directory of a table. */
record TableRecords(Dialect dialect, Readers readers, SnapshotRecords records, RowMemory memory,
        SourceSettings settings) {

    // Each part costs memory while its table is listed.
    private static final long MAX_PARTS = 1 << 16;
    private static final int GROWTH = 4;

    void emit(Table table, Scripts scripts) throws IOException, InterruptedException {
        TableName name = table.name();
        records.directory(Layout.table(name));
        records.text(Layout.description(name), new TableFile(dialect.name(), table).write());
        records.text(Layout.script(name), SqlFile.write(scripts.tables().getOrDefault(name, List.of())));
        long bytes = bytesOfPart(table);
        List<Part> parts = ask("divide " + name + " into parts", connection -> dialect.parts(connection, table, bytes));
        TableTally tally = new TableTally(name.toString(), parts.size());
        emitParts(table, parts, bytes, tally);
        records.text(Layout.after(name), SqlFile.write(scripts.tableAfter().getOrDefault(name, List.of())));
        // Asks the database, so that it also proves that the parts have every row.
        long rows = ask("count the rows of " + name, connection -> dialect.count(connection, name));
        tally.check(rows);
        records.text(Layout.check(name), new CheckFile(rows).write());
    }

    private long bytesOfPart(Table table) {
        long bytes = settings.partSize().bytes();
        while (table.bytes() / bytes > MAX_PARTS) {
            bytes *= GROWTH;
        }
        return bytes;
    }

    /** Asks the database through the point. */
    @FunctionalInterface
    private interface Question<T> {

        T ask(Connection connection) throws SQLException, InterruptedException;
    }

    private <T> T ask(String what, Question<T> question) throws IOException, InterruptedException {
        Connection connection = readers.lease();
        try {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new IOException("cannot " + what, e);
        } finally {
            readers.giveBack(connection);
        }
    }

    private void emitParts(Table table, List<Part> parts, long bytes, TableTally tally)
            throws IOException, InterruptedException {
        records.directory(Layout.data(table.name()));
        PartRecords each = new PartRecords(records, memory, table, parts,
                index -> new PartContent(dialect, readers, table, parts.get(index), index, tally));
        if (settings.consistency() == Consistency.NONE) {
            // What is read now may be different when it is read again.
            for (int i = 0; i < parts.size(); i++) {
                each.emit(i, null);
            }
        } else {
            new TableReading(dialect, readers, memory, table, parts, bytes).run((index, file) -> {
                if (file != null) {
                    tally.add(index, file.rows());
                }
                each.emit(index, file);
            });
        }
    }
}
