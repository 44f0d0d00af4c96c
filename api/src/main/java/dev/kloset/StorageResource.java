package dev.kloset;

/** The kinds of object in a repository. */
public enum StorageResource {
    /** Bulk data, usually up to 64 MiB each. */
    PACKFILE,
    /** Indexes; small to large, read by every command. */
    STATE,
    /** The hosts that are working on the repository; tiny, overwritten every five minutes. */
    LOCK,
    /** Error correction for a packfile. No released Plakar writes it. */
    ECC_PACKFILE,
    /** Error correction for a state. No released Plakar writes it. */
    ECC_STATE
}
