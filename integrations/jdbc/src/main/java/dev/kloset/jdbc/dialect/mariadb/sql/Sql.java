package dev.kloset.jdbc.dialect.mariadb.sql;

import dev.kloset.jdbc.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names and values in the SQL of MariaDB and MySQL, whatever characters they have. */
public final class Sql {

    private Sql() {}

    public static String name(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    public static String name(TableName table) {
        return name(table.schema()) + '.' + name(table.name());
    }

    /** {@return a text that reads back the same in any {@code sql_mode}} */
    public static String text(String value) {
        return "_utf8mb4 " + bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public static String bytes(byte[] value) {
        return "X'" + HexFormat.of().formatHex(value) + '\'';
    }
}
