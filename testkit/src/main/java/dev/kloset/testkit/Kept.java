package dev.kloset.testkit;

/** What a destination keeps of a file besides its path and its bytes. What it does not keep is neither made nor compared. */
public enum Kept {
    /** Directories, also empty ones. */
    DIRECTORIES,
    /** The permissions and the three bits beside them. */
    MODES,
    /** The time of the last change, to the nanosecond, from 1970 to 2262. */
    TIMES,
    /** The numbers of user and group. Whoever runs the tests without being root is given the own ones only. */
    OWNERS,
    /** Symbolic links and what they point to, whatever that is. */
    SYMBOLIC_LINKS,
    /** Which names are names of the same file. */
    HARD_LINKS,
    /** Extended attributes; the test makes those of users, where the directory for temporary files has them. */
    EXTENDED_ATTRIBUTES,
    /** Names of everything but the slash: spaces, line ends, letters of every language, up to 255 bytes. */
    ODD_NAMES
}
