package dev.kloset.hadoop.restore;

/** What happens to files that exist. */
public enum Overwrite {
    /** They stay. */
    NEVER,
    /** They are replaced if the one in the snapshot was changed later. */
    NEWER,
    /** They are replaced. */
    ALWAYS
}
