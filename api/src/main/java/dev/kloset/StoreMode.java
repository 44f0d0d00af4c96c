package dev.kloset;

/** What a store allows. Without {@link #READ} nothing can be restored from it. */
public enum StoreMode {
    WRITE,
    READ
}
