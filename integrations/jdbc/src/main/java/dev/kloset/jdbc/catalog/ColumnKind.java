package dev.kloset.jdbc.catalog;

/** What the values of a column are, in any database. */
public enum ColumnKind {
    BOOLEAN,
    /** Whole numbers of up to 64 bits. */
    INTEGER,
    /** Whole and broken numbers of any length, exact. */
    DECIMAL,
    /** Binary floating-point numbers. */
    FLOAT,
    TEXT,
    /** Bytes; in a row they are hexadecimal digits behind {@code \x}, as in PostgreSQL. */
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_WITH_ZONE,
    UUID,
    JSON,
    /** Known to its own database only: restored there, as its text. */
    OTHER
}
