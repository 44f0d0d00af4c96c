package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.servers.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** What a backup has, in memory, and its restore: the dialect alone, without the importer and the exporter. */
record DatabaseCopy(List<Table> tables, Scripts scripts, Map<Table, Map<Part, byte[]>> rows) {

    static final PostgreSqlDialect DIALECT = new PostgreSqlDialect();
    static final PointSettings SETTINGS = new PointSettings(Consistency.SNAPSHOT, 2, Duration.ofSeconds(60));
    static final long BYTES_OF_PART = 1 << 16;

    static DatabaseCopy of(PostgresServer server, String database, DdlSource source) throws Exception {
        return of(server, database, source, _ -> true);
    }

    static DatabaseCopy of(PostgresServer server, String database, DdlSource source, Predicate<TableName> wanted)
            throws Exception {
        try (Point point = DIALECT.point(server.connections(database), SETTINGS, wanted)) {
            List<Table> tables = DIALECT.tables(point.leader(), wanted);
            Scripts scripts = DIALECT.scripts(point, tables, source);
            Map<Table, Map<Part, byte[]>> rows = new LinkedHashMap<>();
            for (Table table : tables) {
                rows.put(table, rows(point.readers().getFirst(), table, BYTES_OF_PART));
            }
            point.check();
            return new DatabaseCopy(tables, scripts, rows);
        }
    }

    static Map<Part, byte[]> rows(Connection connection, Table table, long bytes) throws Exception {
        Map<Part, byte[]> rows = new LinkedHashMap<>();
        for (Part part : DIALECT.parts(connection, table, bytes)) {
            try (InputStream in = DIALECT.read(connection, table, part)) {
                rows.put(part, in.readAllBytes());
            }
        }
        return rows;
    }

    void restore(PostgresServer server, String database) throws Exception {
        try (Connection connection = server.connect(database)) {
            DIALECT.run(connection, scripts.before());
            for (Table table : tables) {
                write(connection, table, rowsOf(table));
            }
            DIALECT.run(connection, scripts.after());
        }
    }

    static void write(Connection connection, Table table, Map<Part, byte[]> parts) throws Exception {
        DIALECT.prepare(connection);
        for (byte[] part : parts.values()) {
            DIALECT.write(connection, table, new ByteArrayInputStream(part), WriteMode.INSERT);
        }
    }

    Map<Part, byte[]> rowsOf(Table table) {
        return Objects.requireNonNull(rows.get(table), "rows");
    }

    Table table(String name) {
        return tables.stream().filter(table -> table.name().name().equals(name)).findFirst().orElseThrow();
    }
}
