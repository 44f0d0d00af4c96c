package dev.kloset.hadoop.backup;

/** What tells a changed file from an unchanged one. */
public enum IdentityRule {
    /** Its number, size and modification time. */
    FAST,
    /** Also the generation stamp of its last block, which costs a longer listing. */
    STRICT
}
