package dev.kloset.interop;

/** Properties in which two trees can differ. */
enum Aspect {
    BYTES,
    MODE,
    MOD_TIME,
    OWNER,
    TARGET,
    HARD_LINKS,
    XATTRS
}
