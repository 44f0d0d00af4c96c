package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.DriverManager;
import java.time.Duration;

/**
 * A process that makes a point and then does nothing, reads only the beginning of a table, or has the server busy with a query, until
 * it is killed. Arguments: the URL, and which of these.
 */
final class PointHolder {

    private PointHolder() {}

    public static void main(String[] args) throws Exception {
        PostgreSqlDialect dialect = new PostgreSqlDialect();
        PointSettings four = new PointSettings(Consistency.SNAPSHOT, 4, Duration.ofSeconds(10));
        Point point = dialect.point(() -> DriverManager.getConnection(args[0], "postgres", ""), four, _ -> true);
        Table table = dialect.tables(point.leader(), _ -> true).getFirst();
        if (args[1].equals("reading")) {
            InputStream rows = dialect.read(point.readers().getFirst(), table, Part.whole());
            rows.readNBytes(100);
        }
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write('.');
        }
        if (args[1].equals("busy")) {
            dialect.read(point.readers().getFirst(), table, new Part(1, "pg_sleep(3600) IS NOT NULL"));
        }
        System.in.read();
    }
}
