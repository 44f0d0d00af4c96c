package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;

/**
 * Access lists of POSIX, which Linux keeps in two extended attributes. The rights of the group in a mode are then the most that the list
 * lends to anybody, not the group's own.
 */
final class RestoreAcl {

    /** Who may do what. */
    static final String ACCESS = "system.posix_acl_access";
    /** What is put into a directory gets this one. */
    static final String DEFAULT = "system.posix_acl_default";

    private static final int GROUP = 070;

    private RestoreAcl() {}

    static boolean is(String attribute) {
        return attribute.equals(ACCESS) || attribute.equals(DEFAULT);
    }

    /** {@return whether the rights of a restored file depend on a list that must come by itself} */
    static boolean decides(FileRecord record) {
        return record.xattrNames().contains(ACCESS);
    }

    /**
     * {@return the metadata of {@code record} as long as its access list has not come} Without the list the group would get what was
     * lent to others; the list brings the group's own rights back.
     */
    static FileInfo withoutLentRights(FileRecord record) {
        FileInfo info = record.info();
        return decides(record)
                ? info.toBuilder().mode(new FileMode(info.mode().bits() & ~GROUP)).build()
                : info;
    }
}
