package dev.kloset.kafka.restore;

/** Where the groups go on. */
public enum OffsetMode {
    /** At the same records, which may have other offsets now. */
    TRANSLATE,
    /** At the same offsets: every record gets the offset that it had, or the restore fails. */
    EXACT,
    /** Groups are left alone. */
    NONE
}
