package dev.kloset.jdbc.backup;

/** What happens if objects of the database cannot be expressed. */
public enum DdlLoss {
    /** The backup fails and lists them. */
    FAIL,
    /** The backup goes on without them, and lists them. */
    ACCEPT
}
