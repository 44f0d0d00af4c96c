package dev.kloset.interop;

/** What two trees can differ in. */
enum Aspect {
    BYTES,
    MODE,
    MOD_TIME,
    OWNER,
    TARGET,
    HARD_LINKS,
    XATTRS
}
