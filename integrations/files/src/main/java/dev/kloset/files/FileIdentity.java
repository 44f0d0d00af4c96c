package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** What tells a file apart from all others that exist at the same time. */
record FileIdentity(long device, long inode) {

    /** {@return that of the file with these attributes} They must have been asked for by {@link RestoredFiles#IDENTITY}. */
    static FileIdentity of(Map<String, Object> attributes) throws IOException {
        if (attributes.get("dev") instanceof Long device && attributes.get("ino") instanceof Long inode) {
            return new FileIdentity(device, inode);
        }
        throw new IOException("the file system does not tell the number of the file");
    }

    static FileIdentity of(Path file) throws IOException {
        return of(Files.readAttributes(file, RestoredFiles.IDENTITY, LinkOption.NOFOLLOW_LINKS));
    }
}
