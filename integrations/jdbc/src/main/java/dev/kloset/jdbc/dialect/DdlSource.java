package dev.kloset.jdbc.dialect;

/** What writes the SQL that makes the objects again. */
public enum DdlSource {
    /** The database's own program if one of the server's version is on the {@code PATH}, else the catalogue. */
    AUTO,
    /** The database's own program: {@code pg_dump}. */
    TOOL,
    /** The catalogue, read by us: it fails if there are objects that it cannot express. */
    CATALOG
}
