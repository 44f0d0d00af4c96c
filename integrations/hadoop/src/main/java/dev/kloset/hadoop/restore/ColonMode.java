package dev.kloset.hadoop.restore;

/** What happens to names with a colon. */
public enum ColonMode {
    /** They are errors. */
    REFUSE,
    /** The colon becomes %3A. */
    ESCAPE
}
