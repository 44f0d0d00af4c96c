package dev.kloset.testkit.contract;

/**
 * What a destination keeps of a file besides its path and its bytes. The test neither makes nor compares attributes that are
 * not kept.
 */
public enum PreservedAttribute {
    /** Directories, including empty ones. */
    DIRECTORIES,
    /** The permissions and the three bits beside them: setuid, setgid and sticky. */
    MODES,
    /** The modification time to the nanosecond, from 1970 to 2262. */
    TIMES,
    /** The numeric user and group. Unless the tests run as root, every file belongs to the current user and group. */
    OWNERS,
    /** Symbolic links and their targets, whatever these are. */
    SYMBOLIC_LINKS,
    /** Which names belong to the same file. */
    HARD_LINKS,
    /** Extended attributes. The test makes those in the user namespace, if the directory for temporary files supports them. */
    EXTENDED_ATTRIBUTES,
    /** Names with any character but the slash: spaces, line ends, letters of every language, up to 255 bytes. */
    ODD_NAMES
}
