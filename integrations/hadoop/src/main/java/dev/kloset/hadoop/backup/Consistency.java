package dev.kloset.hadoop.backup;

/** Whether a backup shows one moment. */
public enum Consistency {
    /** Through a snapshot, where one can be made; otherwise live, with a warning. */
    SNAPSHOT,
    /** Each file as it is when it is read. */
    LIVE,
    /** Through a snapshot, or not at all. */
    REQUIRE_SNAPSHOT
}
