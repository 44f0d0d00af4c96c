package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** Reads the metadata of files, with one call to the system for each. Safe for any number of threads. */
final class WalkMetadata {

    // Without owner and group: those names are looked up once, not for every file.
    private static final String ATTRIBUTES = "unix:mode,ino,dev,nlink,uid,gid,size,lastModifiedTime";

    private final OwnerNames owners = new OwnerNames();

    /** {@return what the system says about {@code path} itself} */
    FileInfo read(Path path, String name) throws IOException {
        return read(path, name, new LinkOption[]{ LinkOption.NOFOLLOW_LINKS });
    }

    /** {@return what the system says about the file that {@code path} leads to} */
    FileInfo readFollowing(Path path, String name) throws IOException {
        return read(path, name, new LinkOption[0]);
    }

    private FileInfo read(Path path, String name, LinkOption[] options) throws IOException {
        if (SystemCalls.available()) {
            try (NativeBuffer buffer = NativeBuffer.take()) {
                Statx stat = Statx.of(WalkName.bytes(path), options.length == 0, buffer);
                if (stat != null) {
                    return named(stat.info(name), stat.uid(), stat.gid(), path, options);
                }
            }
        }
        return ask(path, name, options);
    }

    private FileInfo ask(Path path, String name, LinkOption[] options) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES, options);
        int uid = value(attributes, "uid", Integer.class);
        int gid = value(attributes, "gid", Integer.class);
        FileInfo.Builder info = FileInfo.builder(name)
                .mode(FileMode.fromPosix(value(attributes, "mode", Integer.class)))
                .size(value(attributes, "size", Long.class))
                .modTime(value(attributes, "lastModifiedTime", FileTime.class).toInstant())
                .dev(value(attributes, "dev", Long.class))
                .ino(value(attributes, "ino", Long.class))
                .nlink(value(attributes, "nlink", Integer.class))
                .uid(Integer.toUnsignedLong(uid))
                .gid(Integer.toUnsignedLong(gid));
        return named(info, uid, gid, path, options);
    }

    private FileInfo named(FileInfo.Builder info, int uid, int gid, Path path, LinkOption[] options)
            throws IOException {
        return info.username(owners.user(uid, path, options)).groupname(owners.group(gid, path, options)).build();
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }
}
