package dev.kloset.jdbc.dialect;

/** What happens to rows that the table has already. */
public enum WriteMode {
    /** A row with an existing key fails. */
    INSERT,
    /** A row with an existing key is replaced. */
    UPSERT
}
