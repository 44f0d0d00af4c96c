package dev.kloset.files.restore.node;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;

/**
 * POSIX access lists, which Linux keeps in two extended attributes. The group rights in a mode are then the maximum that the
 * list grants to other users and groups, not the rights of the group itself.
 */
public final class RestoreAcl {

    /** The list of permissions for users and groups. */
    public static final String ACCESS = "system.posix_acl_access";
    /** The list that new entries of a directory get. */
    public static final String DEFAULT = "system.posix_acl_default";

    private static final int GROUP = 070;

    private RestoreAcl() {}

    public static boolean is(String attribute) {
        return attribute.equals(ACCESS) || attribute.equals(DEFAULT);
    }

    /** {@return whether the rights of a restored file depend on a list that comes separately} */
    public static boolean decides(FileRecord record) {
        return record.xattrNames().contains(ACCESS);
    }

    /**
     * {@return the metadata of {@code record} until its access list has come} Without the list, the group would get rights that
     * were granted to others; the list restores the group's own rights.
     */
    public static FileInfo withoutLentRights(FileRecord record) {
        FileInfo info = record.info();
        return decides(record)
                ? info.toBuilder().mode(new FileMode(info.mode().bits() & ~GROUP)).build()
                : info;
    }
}
