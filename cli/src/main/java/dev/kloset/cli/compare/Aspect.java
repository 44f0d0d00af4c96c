package dev.kloset.cli.compare;

import java.util.Locale;

/** What can be compared, and left out of a comparison. */
public enum Aspect {
    CONTENT,
    MODE,
    MTIME,
    OWNER,
    DIRECTORIES,
    SYMLINKS,
    SPECIALS,
    XATTRS,
    HARDLINKS;

    /** {@return the word for it in options and results} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
