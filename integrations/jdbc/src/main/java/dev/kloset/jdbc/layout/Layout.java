package dev.kloset.jdbc.layout;

import dev.kloset.internal.EncodedName;
import dev.kloset.jdbc.catalog.TableName;
import java.util.HexFormat;

/**
 * The paths of a snapshot. All names that are not a table's are at fixed places, and sort in the order in which a restore needs the
 * files.
 */
public final class Layout {

    /** Facts about the moment, and the list of tables. */
    public static final String POINT = "/00-point.json";
    /** The statements before the rows. */
    public static final String BEFORE = "/10-before.sql";
    /** The directory of the schemas. */
    public static final String TABLES = "/20-tables";
    /** The statements after the rows. */
    public static final String AFTER = "/80-after.sql";

    private static final int LOW_BITS = 8;
    private static final int DIRECTORY_DIGITS = 14;
    private static final int FILE_DIGITS = 2;

    private Layout() {}

    /** {@return the directory of a schema} */
    public static String schema(String schema) {
        return TABLES + "/" + EncodedName.of(schema);
    }

    /** {@return the directory of a table} */
    public static String table(TableName table) {
        return schema(table.schema()) + "/" + EncodedName.of(table.name());
    }

    /** {@return the file in a table's directory that describes the table} */
    public static String description(TableName table) {
        return table(table) + "/00-table.json";
    }

    /** {@return the file in a table's directory that makes the table alone} */
    public static String script(TableName table) {
        return table(table) + "/10-table.sql";
    }

    /** {@return the directory of a table's rows} */
    public static String data(TableName table) {
        return table(table) + "/20-data";
    }

    /** {@return the directory of a part, which has up to 256 of them} */
    public static String directory(TableName table, long part) {
        return data(table) + "/" + HexFormat.of().toHexDigits(part >>> LOW_BITS, DIRECTORY_DIGITS);
    }

    /** {@return the file of a part} */
    public static String part(TableName table, long part) {
        return directory(table, part) + "/" + HexFormat.of().toHexDigits(part, FILE_DIGITS) + ".tsv";
    }

    /** {@return the file of a part whose rows are compressed with gzip} */
    public static String zipped(String part) {
        return part + ".gz";
    }

    /** {@return the file in a table's directory with what comes after the rows when the table is restored alone} */
    public static String after(TableName table) {
        return table(table) + "/90-after.sql";
    }

    /** {@return the file in a table's directory that says how many rows it has} */
    public static String check(TableName table) {
        return table(table) + "/99-check.json";
    }
}
