package dev.kloset.files.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** What distinguishes a file from all others that exist at the same time. */
public record FileIdentity(long device, long inode) {

    /** The attributes that must be read to get the identity of a file. */
    public static final String ATTRIBUTES = "unix:dev,ino";

    /** {@return the identity of the file with these attributes} Read them with {@link #ATTRIBUTES}. */
    public static FileIdentity of(Map<String, Object> attributes) throws IOException {
        if (attributes.get("dev") instanceof Long device && attributes.get("ino") instanceof Long inode) {
            return new FileIdentity(device, inode);
        }
        throw new IOException("the file system does not report the number of the file");
    }

    public static FileIdentity of(Path file) throws IOException {
        return of(Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
    }
}
