package dev.kloset.files.source;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.files.posix.FileSystemKind;
import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.posix.Xattrs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** The file that a path names at each question. */
public final class NamedFile extends SourceFile implements OwnerNames.Locator {

    // Without owner and group: their names are looked up once, not for every file.
    private static final String ATTRIBUTES = "unix:mode,ino,dev,nlink,uid,gid,size,lastModifiedTime";

    private final OwnerNames owners;
    private final Path path;

    public NamedFile(OwnerNames owners, Path path) {
        this.owners = owners;
        this.path = path;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public FileInfo info(String name) throws IOException {
        return info(this, owners, name);
    }

    /** {@return the metadata of a file according to Java} */
    public static FileInfo info(OwnerNames.Locator file, OwnerNames owners, String name) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file.path(), ATTRIBUTES, file.options());
        int uid = value(attributes, "uid", Integer.class);
        int gid = value(attributes, "gid", Integer.class);
        return FileInfo.builder(name)
                .mode(FileMode.fromPosix(value(attributes, "mode", Integer.class)))
                .size(value(attributes, "size", Long.class))
                .modTime(value(attributes, "lastModifiedTime", FileTime.class).toInstant())
                .dev(value(attributes, "dev", Long.class))
                .ino(value(attributes, "ino", Long.class))
                .nlink(value(attributes, "nlink", Integer.class))
                .uid(Integer.toUnsignedLong(uid))
                .gid(Integer.toUnsignedLong(gid))
                .username(owners.user(uid, file))
                .groupname(owners.group(gid, file))
                .build();
    }

    private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    @Override
    public byte[] target() throws IOException {
        return WalkName.bytesOfTarget(Files.readSymbolicLink(path));
    }

    @Override
    public byte[] xattrNames() throws IOException {
        return Xattrs.list(WalkName.bytes(path), false);
    }

    @Override
    public byte[] xattr(byte[] name) throws IOException {
        return Xattrs.value(WalkName.bytes(path), name, false);
    }

    @Override
    public SourceListing list() {
        return new NamedListing(owners, path);
    }

    @Override
    public InputStream read() throws IOException {
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public FileSystemKind fileSystem() {
        return FileSystemKind.WITH_FILES;
    }

    @Override
    public boolean has(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {}
}
