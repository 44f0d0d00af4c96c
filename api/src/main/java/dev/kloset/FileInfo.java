package dev.kloset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The metadata of a file. Immutable.
 *
 * <p>Plakar reads a file again only if one of name, size, mode, modification time, dev, ino, uid, gid, nlink, user name or group
 * name differs from the previous backup. If the metadata stays the same while the content changes, the change is never backed up;
 * if the metadata differs in every run, everything is read every time.
 */
public final class FileInfo {

    /** The size of a content that is unknown until it has been read. Plakar's progress bar cannot add it up. */
    public static final long UNKNOWN_SIZE = -1;

    private final String name;
    private final long size;
    private final FileMode mode;
    private final Instant modTime;
    private final long dev;
    private final long ino;
    private final long uid;
    private final long gid;
    private final int nlink;
    private final String username;
    private final String groupname;
    private final int flags;

    private FileInfo(Builder builder) {
        this.name = builder.name;
        this.size = builder.size;
        this.mode = builder.mode;
        this.modTime = builder.modTime;
        this.dev = builder.dev;
        this.ino = builder.ino;
        this.uid = builder.uid;
        this.gid = builder.gid;
        this.nlink = builder.nlink;
        this.username = builder.username;
        this.groupname = builder.groupname;
        this.flags = builder.flags;
    }

    /** {@return a builder for a regular file with mode 0644, size 0, times at the epoch and one link} */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** {@return the metadata of a plain file with mode 0644} For sources that know no more than that. */
    public static FileInfo file(String name, long size, Instant modTime) {
        return builder(name).size(size).modTime(modTime).build();
    }

    /** {@return the metadata of a plain directory with mode 0755} */
    public static FileInfo directory(String name, Instant modTime) {
        return builder(name).mode(FileMode.directory(0755)).modTime(modTime).build();
    }

    /**
     * {@return the file system's metadata of {@code file} itself; symbolic links are not followed} On systems without Unix
     * attributes the missing fields stay 0 or empty.
     */
    public static FileInfo of(Path file) throws IOException {
        Path fileName = file.getFileName();
        Builder builder = builder(fileName == null || fileName.toString().isEmpty() ? "/" : fileName.toString());
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return builder.unix(Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS)).build();
        }
        BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return builder.basic(basic).build();
    }

    /** {@return a builder that starts from these values} */
    public Builder toBuilder() {
        return new Builder(name).size(size)
                .mode(mode)
                .modTime(modTime)
                .dev(dev)
                .ino(ino)
                .uid(uid)
                .gid(gid)
                .nlink(nlink)
                .username(username)
                .groupname(groupname)
                .flags(flags);
    }

    /** {@return the last part of the path; {@code /} for the root} */
    public String name() {
        return name;
    }

    /** {@return the size in bytes, or {@link #UNKNOWN_SIZE}} */
    public long size() {
        return size;
    }

    /** {@return type and permissions} */
    public FileMode mode() {
        return mode;
    }

    /** {@return the time of the last change of the content, to the nanosecond} */
    public Instant modTime() {
        return modTime;
    }

    /** {@return the device number, unsigned} */
    public long dev() {
        return dev;
    }

    /** {@return the inode number, unsigned} Files with the same {@code dev} and {@code ino} are hard links of each other. */
    public long ino() {
        return ino;
    }

    /** {@return the number of the owner, unsigned} */
    public long uid() {
        return uid;
    }

    /** {@return the number of the group, unsigned} */
    public long gid() {
        return gid;
    }

    /** {@return the number of hard links, at most 65,535: the host keeps 16 bits} */
    public int nlink() {
        return nlink;
    }

    /** {@return the owner's name, or the empty string} */
    public String username() {
        return username;
    }

    /** {@return the group's name, or the empty string} */
    public String groupname() {
        return groupname;
    }

    /** {@return flags of the file system, opaque; stored, never compared} */
    public int flags() {
        return flags;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileInfo i && name.equals(i.name) && size == i.size && mode.equals(i.mode)
                && modTime.equals(i.modTime) && dev == i.dev && ino == i.ino && uid == i.uid && gid == i.gid
                && nlink == i.nlink && username.equals(i.username) && groupname.equals(i.groupname) && flags == i.flags;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, size, mode, modTime, dev, ino);
    }

    @Override
    public String toString() {
        return mode + " " + nlink + " " + (username.isEmpty() ? uid : username) + " "
                + (groupname.isEmpty() ? gid : groupname) + " " + size + " " + modTime + " " + name;
    }

    /** Builds a {@link FileInfo}. Not for several threads. */
    public static final class Builder {

        private static final int MAX_LINKS = 0xFFFF;

        private String name;
        private long size;
        private FileMode mode = FileMode.regular(0644);
        private Instant modTime = Instant.EPOCH;
        private long dev;
        private long ino;
        private long uid;
        private long gid;
        private int nlink = 1;
        private String username = "";
        private String groupname = "";
        private int flags;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Set the last part of the path; {@code /} for the root. */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Set the size in bytes, or {@link #UNKNOWN_SIZE}. */
        public Builder size(long value) {
            if (value < UNKNOWN_SIZE) {
                throw new IllegalArgumentException("the size of " + name + " cannot be " + value);
            }
            size = value;
            return this;
        }

        /** Set type and permissions. */
        public Builder mode(FileMode value) {
            mode = Objects.requireNonNull(value, "mode");
            return this;
        }

        /** Set the time of the last change of the content, to the nanosecond. */
        public Builder modTime(Instant value) {
            modTime = Objects.requireNonNull(value, "modTime");
            return this;
        }

        /** Set the device number, unsigned. */
        public Builder dev(long value) {
            dev = value;
            return this;
        }

        /** Set the inode number, unsigned. */
        public Builder ino(long value) {
            ino = value;
            return this;
        }

        /**
         * Set device and inode number to a digest of what identifies this version of the content, for a source that has versions
         * but no inodes: an entity tag, a snapshot's id, an epoch, or several of them. Other parts give other numbers, and so
         * does another division of the same bytes into parts; equal parts give equal numbers in every run and release of the SDK,
         * and never zero. Files with equal parts are hard links of each other if {@code nlink} is above 1, so leave it at 1.
         *
         * @param parts at least one, of any length; they are not kept
         */
        public Builder identity(byte[]... parts) {
            ByteBuffer digest = ByteBuffer.wrap(VersionDigest.of(parts));
            dev = digest.getLong();
            ino = digest.getLong();
            return this;
        }

        /** Set the number of the owner. */
        public Builder uid(long value) {
            uid = value;
            return this;
        }

        /** Set the number of the group. */
        public Builder gid(long value) {
            gid = value;
            return this;
        }

        /** Set the number of hard links; a number above 65,535 becomes 65,535. */
        public Builder nlink(long value) {
            nlink = Math.clamp(value, 0, MAX_LINKS);
            return this;
        }

        /** Set the owner's name. */
        public Builder username(String value) {
            username = Objects.requireNonNull(value, "username");
            return this;
        }

        /** Set the group's name. */
        public Builder groupname(String value) {
            groupname = Objects.requireNonNull(value, "groupname");
            return this;
        }

        /** Set the flags of the file system, which are opaque. */
        public Builder flags(int value) {
            flags = value;
            return this;
        }

        private Builder basic(BasicFileAttributes attributes) {
            mode = attributes.isDirectory()
                    ? FileMode.directory(0755)
                    : attributes.isSymbolicLink() ? FileMode.symlink() : FileMode.regular(0644);
            return size(attributes.size()).modTime(attributes.lastModifiedTime().toInstant());
        }

        private Builder unix(Map<String, Object> attributes) {
            mode = FileMode.fromPosix(value(attributes, "mode", Integer.class));
            return size(value(attributes, "size", Long.class))
                    .modTime(value(attributes, "lastModifiedTime", FileTime.class).toInstant())
                    .dev(value(attributes, "dev", Long.class))
                    .ino(value(attributes, "ino", Long.class))
                    .uid(Integer.toUnsignedLong(value(attributes, "uid", Integer.class)))
                    .gid(Integer.toUnsignedLong(value(attributes, "gid", Integer.class)))
                    .nlink(value(attributes, "nlink", Integer.class))
                    .username(value(attributes, "owner", UserPrincipal.class).getName())
                    .groupname(value(attributes, "group", GroupPrincipal.class).getName());
        }

        private static <T> T value(Map<String, Object> attributes, String name, Class<T> type) {
            return type.cast(Objects.requireNonNull(attributes.get(name), name));
        }

        /** {@return the metadata} */
        public FileInfo build() {
            return new FileInfo(this);
        }
    }
}
