package dev.kloset.jdbc.restore;

/** What happens to everything that comes after the rows. */
public enum Constraints {
    /** It is made after the rows. */
    AFTER,
    /** It is not made: the tables have neither keys nor indexes, and there are no views. */
    SKIP
}
