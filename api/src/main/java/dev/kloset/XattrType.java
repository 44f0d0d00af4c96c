package dev.kloset;

/** Kinds of extended attribute. */
public enum XattrType {
    /** An ordinary extended attribute. */
    EXTENDED,
    /** An alternate data stream of NTFS. */
    ADS,
    /** Defined by the connector; hosts before Kloset v1.1.4 do not know it. */
    CUSTOM
}
