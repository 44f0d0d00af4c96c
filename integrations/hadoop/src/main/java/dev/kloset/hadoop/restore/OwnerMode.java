package dev.kloset.hadoop.restore;

/** Whom restored files belong to. */
public enum OwnerMode {
    /** As before. */
    KEEP,
    /** As the user says. */
    MAP,
    /** To the user who restores. */
    SKIP
}
