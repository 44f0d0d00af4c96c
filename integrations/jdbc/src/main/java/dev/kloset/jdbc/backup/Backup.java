package dev.kloset.jdbc.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.RecordSink;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.layout.Layout;
import dev.kloset.jdbc.layout.PointFile;
import dev.kloset.jdbc.layout.SqlFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Emits the records of one moment of a database. */
record Backup(String database, Dialect dialect, SourceSettings settings, Predicate<TableName> wanted, HeldPoint held,
        RowMemory memory) {

    private static final int LISTED = 20;

    void emit(RecordSink sink) throws IOException, InterruptedException {
        List<Table> tables = tables();
        Scripts scripts = scripts(tables);
        List<String> warnings = warnings();
        tables.stream()
                .filter(table -> table.key().isEmpty())
                .forEach(table -> log().log(Level.WARNING,
                        table.name() + " has no key: a changed row changes large files"));
        warnings.forEach(warning -> log().log(Level.WARNING, warning));
        SnapshotRecords records = new SnapshotRecords(sink, held.time());
        records.directory("/");
        records.text(Layout.POINT, point(tables, scripts, warnings).write());
        records.text(Layout.BEFORE, SqlFile.write(scripts.before()));
        emitTables(records, tables, scripts);
        records.text(Layout.AFTER, SqlFile.write(scripts.after()));
    }

    private void emitTables(SnapshotRecords records, List<Table> tables, Scripts scripts)
            throws IOException, InterruptedException {
        records.directory(Layout.TABLES);
        TableRecords each = new TableRecords(dialect, held.readers(), records, memory, settings);
        String schema = "";
        for (Table table : tables) {
            String own = Layout.schema(table.name().schema());
            if (!own.equals(schema)) {
                schema = own;
                records.directory(own);
            }
            each.emit(table, scripts);
            held.check();
        }
    }

    private List<Table> tables() throws IOException, InterruptedException {
        try {
            return dialect.tables(held.point().leader(), wanted);
        } catch (SQLException e) {
            throw new IOException("cannot list the tables of " + database, e);
        }
    }

    private Scripts scripts(List<Table> tables) throws IOException, InterruptedException {
        Scripts scripts;
        try {
            scripts = dialect.scripts(held.point(), tables, settings.ddl());
        } catch (SQLException e) {
            throw new IOException("cannot read the definitions of " + database, e);
        }
        if (!scripts.lost().isEmpty() && settings.ddlLoss() == DdlLoss.FAIL) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    "these objects of " + database + " cannot be backed up: " + list(scripts.lost()))
                    .hint("ddl_loss=accept backs up everything else");
        }
        scripts.lost().forEach(lost -> log().log(Level.WARNING, "not backed up: " + lost));
        return scripts;
    }

    private static String list(List<String> lost) {
        String first = String.join("; ", lost.subList(0, Math.min(LISTED, lost.size())));
        return lost.size() > LISTED ? first + "; and " + (lost.size() - LISTED) + " more" : first;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(held.point().warnings());
        if (settings.consistency() == Consistency.NONE) {
            warnings.add("consistency=none: each file shows the moment at which it was read");
        }
        return warnings;
    }

    private PointFile point(List<Table> tables, Scripts scripts, List<String> warnings) {
        return new PointFile(dialect.name(), settings.consistency().name().toLowerCase(Locale.ROOT),
                held.point().facts(), warnings, scripts.lost(), tables.stream().map(Table::name).toList());
    }

    private static System.Logger log() {
        return System.getLogger(Backup.class.getName());
    }
}
