package dev.kloset.hadoop.restore;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.hadoop.layout.Metadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.AclUtil;
import org.apache.hadoop.fs.permission.FsPermission;

/** Gives files and directories what they had beside their bytes. */
record Attributes(Owners owners) {

    /** Give a file owner, mode, policy, lists, attributes and time, in this order. */
    void apply(FileSystem fileSystem, Path path, FileInfo info, Metadata metadata) throws IOException {
        owners.apply(fileSystem, path, info);
        FsPermission mode = permission(info.mode());
        fileSystem.setPermission(path, mode);
        if (!metadata.storagePolicy().isEmpty()) {
            fileSystem.setStoragePolicy(path, metadata.storagePolicy());
        }
        acl(fileSystem, path, mode, metadata);
        xattrs(fileSystem, path, metadata);
        time(fileSystem, path, info);
    }

    /** Give a directory what its own line says. Its mode and time come later. */
    void apply(FileSystem fileSystem, Path path, Metadata metadata) throws IOException {
        acl(fileSystem, path, fileSystem.getFileStatus(path).getPermission(), metadata);
        xattrs(fileSystem, path, metadata);
    }

    /** Give a directory owner, mode and time. */
    void apply(FileSystem fileSystem, Path path, FileInfo info) throws IOException {
        owners.apply(fileSystem, path, info);
        fileSystem.setPermission(path, permission(info.mode()));
        time(fileSystem, path, info);
    }

    static FsPermission permission(FileMode mode) {
        return new FsPermission((short) (mode.posixPermissions() & 01777));
    }

    private static void acl(FileSystem fileSystem, Path path, FsPermission mode, Metadata metadata)
            throws IOException {
        if (metadata.acl().isEmpty()) {
            return;
        }
        List<AclEntry> entries = new ArrayList<>();
        for (String entry : metadata.acl()) {
            entries.add(AclEntry.parseAclEntry(entry, true));
        }
        fileSystem.setAcl(path, AclUtil.getAclFromPermAndEntries(mode, entries));
    }

    private static void xattrs(FileSystem fileSystem, Path path, Metadata metadata) throws IOException {
        for (Map.Entry<String, String> xattr : metadata.xattrs().entrySet()) {
            fileSystem.setXAttr(path, xattr.getKey(), Base64.getDecoder().decode(xattr.getValue()));
        }
    }

    /** The beginning of 1970 stands for an unknown time. */
    private static void time(FileSystem fileSystem, Path path, FileInfo info) throws IOException {
        long millis = info.modTime().toEpochMilli();
        if (millis > 0) {
            fileSystem.setTimes(path, millis, -1);
        }
    }
}
