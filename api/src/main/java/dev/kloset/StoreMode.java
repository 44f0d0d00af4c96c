package dev.kloset;

/** What a store allows. Without {@link #READ} nothing can be restored from it. */
public enum StoreMode {
    /** Objects can be put and deleted. */
    WRITE,
    /** Objects can be read. */
    READ
}
