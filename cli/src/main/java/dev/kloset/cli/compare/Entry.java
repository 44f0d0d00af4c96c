package dev.kloset.cli.compare;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/**
 * What one side says of one path, or of one extended attribute.
 *
 * @param key the path relative to the root; for an attribute followed by a zero character and its name
 * @param size bytes that were read, zero for what has no content
 * @param permissions the low twelve bits of a {@code st_mode}
 * @param target of a symbolic link; of an error, its message
 * @param digest SHA-256 of the content, empty for what has none
 * @param inode device and inode, empty if unknown
 * @param linked whether the file has several names
 */
record Entry(String key, EntryType type, long size, int permissions, Instant modTime, long uid, long gid, String user,
        String group, String target, String digest, String inode, boolean linked) implements Comparable<Entry> {

    /** What an entry costs in memory beside its texts. */
    private static final int OBJECT_BYTES = 400;

    // writeUTF keeps half surrogate pairs, but takes no more than 65,535 bytes
    private static final int CHUNK = 20_000;

    static Entry of(String path, FileRecord file) {
        FileInfo info = file.info();
        FileMode mode = info.mode();
        String inode = info.ino() == 0 ? "" : Long.toHexString(info.dev()) + ":" + Long.toHexString(info.ino());
        return new Entry(path, EntryType.of(mode), 0, mode.posixPermissions(), info.modTime(), info.uid(), info.gid(),
                info.username(), info.groupname(), file.target(), "", inode, info.nlink() > 1);
    }

    static Entry of(String path, XattrRecord xattr) {
        return plain(path + '\0' + xattr.name(), EntryType.XATTR, xattr.type().name().toLowerCase(Locale.ROOT));
    }

    static Entry of(String path, ErrorRecord error) {
        return plain(path, EntryType.ERROR, error.message());
    }

    private static Entry plain(String key, EntryType type, String target) {
        return new Entry(key, type, 0, 0, Instant.EPOCH, 0, 0, "", "", target, "", "", false);
    }

    /** {@return an entry for a sorter that only orders {@code value} by {@code key}} */
    static Entry pair(String key, String value) {
        return plain(key, EntryType.FILE, value);
    }

    Entry withContent(long bytes, String sha256) {
        return new Entry(key, type, bytes, permissions, modTime, uid, gid, user, group, target, sha256, inode, linked);
    }

    /** {@return the path without the name of an attribute} */
    String path() {
        int zero = key.indexOf('\0');
        return zero < 0 ? key : key.substring(0, zero);
    }

    /** {@return the name of the attribute, or nothing} */
    String attribute() {
        return key.substring(Math.min(key.length(), path().length() + 1));
    }

    String owner() {
        return uid + ":" + gid + (user.isEmpty() && group.isEmpty() ? "" : " (" + user + ":" + group + ")");
    }

    int bytes() {
        return OBJECT_BYTES + 2 * (key.length() + user.length() + group.length() + target.length());
    }

    /** By path; of two entries for the same path, an error comes first. */
    @Override
    public int compareTo(Entry other) {
        int order = key.compareTo(other.key);
        return order != 0 ? order : Boolean.compare(type != EntryType.ERROR, other.type != EntryType.ERROR);
    }

    void write(DataOutput out) throws IOException {
        write(out, key);
        out.writeUTF(type.name());
        out.writeLong(size);
        out.writeInt(permissions);
        out.writeLong(modTime.getEpochSecond());
        out.writeInt(modTime.getNano());
        out.writeLong(uid);
        out.writeLong(gid);
        write(out, user);
        write(out, group);
        write(out, target);
        write(out, digest);
        write(out, inode);
        out.writeBoolean(linked);
    }

    static Entry read(DataInput in) throws IOException {
        return new Entry(text(in), EntryType.valueOf(in.readUTF()), in.readLong(), in.readInt(),
                Instant.ofEpochSecond(in.readLong(), in.readInt()), in.readLong(), in.readLong(), text(in), text(in),
                text(in), text(in), text(in), in.readBoolean());
    }

    private static void write(DataOutput out, String text) throws IOException {
        out.writeInt(text.length());
        for (int at = 0; at < text.length(); at += CHUNK) {
            out.writeUTF(text.substring(at, Math.min(text.length(), at + CHUNK)));
        }
    }

    private static String text(DataInput in) throws IOException {
        int length = in.readInt();
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(in.readUTF());
        }
        return text.toString();
    }
}
