package dev.kloset.jdbc.dialect.postgresql;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.Point;
import dev.kloset.jdbc.dialect.PointSettings;
import dev.kloset.jdbc.dialect.WriteMode;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;

/** A process with little memory that copies all rows from one database to another. Arguments: their URLs. */
final class SmallHeap {

    private SmallHeap() {}

    public static void main(String[] args) throws Exception {
        PostgreSqlDialect dialect = new PostgreSqlDialect();
        PointSettings one = new PointSettings(Consistency.SNAPSHOT, 1, Duration.ofMinutes(10));
        try (Point point = dialect.point(() -> DriverManager.getConnection(args[0], "postgres", ""), one, _ -> true);
                Connection target = DriverManager.getConnection(args[1], "postgres", "")) {
            dialect.prepare(target);
            Connection reader = point.readers().getFirst();
            for (Table table : dialect.tables(reader, _ -> true)) {
                for (Part part : dialect.parts(reader, table, 1 << 16)) {
                    try (InputStream rows = dialect.read(reader, table, part)) {
                        dialect.write(target, table, rows, WriteMode.INSERT);
                    }
                }
            }
        }
    }
}
