package dev.kloset.jdbc.dialect.portable;

import dev.kloset.jdbc.catalog.ColumnKind;
import java.sql.Types;
import java.util.Locale;

/** What kind of values a column has, by what its driver says. */
final class ColumnKinds {

    private ColumnKinds() {}

    /** {@return the kind of a type of {@link Types} and its name} */
    static ColumnKind of(int type, String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "DECFLOAT" -> ColumnKind.DECIMAL;
            case "UUID" -> ColumnKind.UUID;
            case "JSON", "JSONB" -> ColumnKind.JSON;
            default -> of(type);
        };
    }

    private static ColumnKind of(int type) {
        return switch (type) {
            case Types.BOOLEAN, Types.BIT -> ColumnKind.BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ColumnKind.INTEGER;
            case Types.DECIMAL, Types.NUMERIC -> ColumnKind.DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> ColumnKind.FLOAT;
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB ->
                ColumnKind.TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ColumnKind.BYTES;
            case Types.DATE -> ColumnKind.DATE;
            case Types.TIME -> ColumnKind.TIME;
            case Types.TIMESTAMP -> ColumnKind.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnKind.TIMESTAMP_WITH_ZONE;
            default -> ColumnKind.OTHER;
        };
    }

    /** {@return the type in SQL, with its length} */
    static String text(int type, String name, int size, int digits) {
        if (name.contains("(")) {
            return name;
        }
        return switch (type) {
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR, Types.BINARY, Types.VARBINARY ->
                name + "(" + size + ")";
            case Types.DECIMAL, Types.NUMERIC -> name + "(" + size + "," + digits + ")";
            default -> name;
        };
    }
}
