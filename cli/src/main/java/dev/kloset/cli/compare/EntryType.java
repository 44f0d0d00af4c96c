package dev.kloset.cli.compare;

import dev.kloset.FileMode;

/** What an entry describes. */
public enum EntryType {
    FILE("file"),
    DIRECTORY("directory"),
    SYMLINK("symbolic link"),
    CHARACTER_DEVICE("character device"),
    BLOCK_DEVICE("block device"),
    PIPE("named pipe"),
    SOCKET("socket"),
    XATTR("extended attribute"),
    /** What the side could not read. */
    ERROR("error");

    private final String words;

    EntryType(String words) {
        this.words = words;
    }

    /** {@return what people call it} */
    public String words() {
        return words;
    }

    boolean isSpecial() {
        return this == CHARACTER_DEVICE || this == BLOCK_DEVICE || this == PIPE || this == SOCKET;
    }

    static EntryType of(FileMode mode) {
        if (mode.isDirectory()) {
            return DIRECTORY;
        }
        if (mode.isSymlink()) {
            return SYMLINK;
        }
        if (mode.isCharacterDevice()) {
            return CHARACTER_DEVICE;
        }
        if (mode.isDevice()) {
            return BLOCK_DEVICE;
        }
        if (mode.isNamedPipe()) {
            return PIPE;
        }
        return mode.isSocket() ? SOCKET : FILE;
    }
}
