package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** What a path names at each question. */
final class NamedFile extends SourceFile implements OwnerNames.Locator {

    // Without owner and group: those names are looked up once, not for every file.
    private static final String ATTRIBUTES = "unix:mode,ino,dev,nlink,uid,gid,size,lastModifiedTime";
    private static final byte[] NOTHING = {};

    private final OwnerNames owners;
    private final Path path;

    NamedFile(OwnerNames owners, Path path) {
        this.owners = owners;
        this.path = path;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    FileInfo info(String name) throws IOException {
        return info(this, owners, name);
    }

    /** {@return what Java says of the metadata of a file} */
    static FileInfo info(OwnerNames.Locator file, OwnerNames owners, String name) throws IOException {
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
    byte[] target() throws IOException {
        return WalkName.bytesOfTarget(Files.readSymbolicLink(path));
    }

    @Override
    byte[] xattrNames() throws IOException {
        return XattrCalls.Lazy.CALLS == null ? NOTHING : XattrCalls.Lazy.CALLS.list(WalkName.bytes(path));
    }

    @Override
    byte[] xattr(byte[] name) throws IOException {
        if (XattrCalls.Lazy.CALLS == null) {
            throw new IOException("this process cannot read extended attributes");
        }
        return XattrCalls.Lazy.CALLS.value(WalkName.bytes(path), name);
    }

    @Override
    SourceListing list() {
        return new NamedListing(owners, path);
    }

    @Override
    InputStream read() throws IOException {
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    FileSystemKind fileSystem() {
        return FileSystemKind.WITH_FILES;
    }

    @Override
    boolean has(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {}
}
