package dev.kloset.jdbc.restore;

/** What happens to tables that exist already. */
public enum RestoreMode {
    /** The restore is refused, before it changes anything. */
    CREATE,
    /** Their rows are removed first. */
    REPLACE,
    /** Rows are added; one with an existing key fails. */
    APPEND,
    /** Rows are added; one with an existing key replaces the row that is there. */
    UPSERT
}
