package dev.kloset.jdbc.dialect.mariadb;

import dev.kloset.jdbc.catalog.ColumnKind;
import java.util.Locale;

/** What the types of MariaDB and MySQL are in other databases. */
final class ColumnKinds {

    private ColumnKinds() {}

    /**
     * @param dataType the type's bare name: {@code bigint}
     * @param columnType the whole type: {@code bigint(20) unsigned}
     */
    static ColumnKind of(String dataType, String columnType, boolean isJson) {
        return switch (dataType.toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint", "int", "year" -> ColumnKind.INTEGER;
            case "bigint" -> columnType.contains("unsigned") ? ColumnKind.DECIMAL : ColumnKind.INTEGER;
            case "bit" -> columnType.equals("bit(64)") ? ColumnKind.DECIMAL : ColumnKind.INTEGER;
            case "decimal" -> ColumnKind.DECIMAL;
            case "float", "double" -> ColumnKind.FLOAT;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "inet4", "inet6" ->
                isJson ? ColumnKind.JSON : ColumnKind.TEXT;
            case "json" -> ColumnKind.JSON;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> ColumnKind.BYTES;
            case "date" -> ColumnKind.DATE;
            case "time" -> ColumnKind.TIME;
            case "datetime", "timestamp" -> ColumnKind.TIMESTAMP;
            case "uuid" -> ColumnKind.UUID;
            default -> ColumnKind.OTHER;
        };
    }
}
