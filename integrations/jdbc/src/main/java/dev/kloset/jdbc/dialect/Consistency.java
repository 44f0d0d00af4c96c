package dev.kloset.jdbc.dialect;

/** How the rows of different tables come to show one moment. */
public enum Consistency {
    /** Several connections share one snapshot of the database; writers are not stopped, or for some milliseconds. */
    SNAPSHOT,
    /** One connection, one transaction. */
    SINGLE,
    /** The tables are locked against writers during the whole backup. */
    LOCKING,
    /** None: each part shows the moment at which it is read. */
    NONE
}
