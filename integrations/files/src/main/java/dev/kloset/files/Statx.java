package dev.kloset.files;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a file as Linux tells it. Java asks the same question, but hands the answer out as a map of names, which takes
 * longer than the question.
 */
final class Statx {

    // <fcntl.h>, <linux/stat.h>
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int BASIC_STATS = 0x7FF;
    private static final int STRUCT_BYTES = 256;
    private static final int NLINK = 16;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INO = 32;
    private static final int SIZE = 40;
    private static final int BLOCKS = 48;
    private static final int BLOCK_BYTES = 512;
    private static final int MODIFIED_SECONDS = 112;
    private static final int MODIFIED_NANOS = 120;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private final ByteBuffer bytes;
    private final int at;

    private Statx(ByteBuffer bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    private static final class Function {
        static final @Nullable MemorySegment STATX = SystemCalls.has("statx") ? SystemCalls.function("statx") : null;
    }

    /**
     * {@return what the system says, as long as {@code buffer} is not used otherwise} Null where it has no such call, or gives no
     * answer: Java then knows how to ask, or how to put it.
     */
    static @Nullable Statx of(byte[] path, boolean follow, NativeBuffer buffer) {
        return of(AT_FDCWD, path, follow ? 0 : AT_SYMLINK_NOFOLLOW, buffer);
    }

    /**
     * {@return what the system says of an entry of an open directory, or with an empty name of what is open} Null if it gives no
     * answer; {@code buffer} has the number of the error then. Nothing is mounted by the question.
     */
    static @Nullable Statx of(int directory, byte[] name, NativeBuffer buffer) {
        return of(directory, name,
                AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | (name.length == 0 ? AT_EMPTY_PATH : 0), buffer);
    }

    private static @Nullable Statx of(int directory, byte[] path, int flags, NativeBuffer buffer) {
        MemorySegment statx = Function.STATX;
        if (statx == null || !buffer.fits(STRUCT_BYTES + path.length + 1)) {
            return null;
        }
        int answer = buffer.room(STRUCT_BYTES);
        long failed = SystemCalls.call(statx, buffer, directory, buffer.address(buffer.text(path)), flags, BASIC_STATS,
                buffer.address(answer));
        return (int) failed == 0 ? new Statx(buffer.bytes(), answer) : null;
    }

    int uid() {
        return bytes.getInt(at + UID);
    }

    int gid() {
        return bytes.getInt(at + GID);
    }

    /** {@return whether less is on the disk than the size says, so that there may be holes} */
    boolean isSparse() {
        return bytes.getLong(at + BLOCKS) < bytes.getLong(at + SIZE) / BLOCK_BYTES;
    }

    /** {@return all of it but the names of the owners} */
    FileInfo.Builder info(String name) {
        return FileInfo.builder(name)
                .mode(FileMode.fromPosix(Short.toUnsignedInt(bytes.getShort(at + MODE))))
                .size(bytes.getLong(at + SIZE))
                .modTime(instant(bytes.getLong(at + MODIFIED_SECONDS), bytes.getInt(at + MODIFIED_NANOS)))
                .dev(device(bytes.getInt(at + DEVICE_MAJOR), bytes.getInt(at + DEVICE_MINOR)))
                .ino(bytes.getLong(at + INO))
                .nlink(Integer.toUnsignedLong(bytes.getInt(at + NLINK)))
                .uid(Integer.toUnsignedLong(uid()))
                .gid(Integer.toUnsignedLong(gid()));
    }

    /**
     * Some file systems keep times that Java cannot say: a billion years from now is taken for the last one that it can, and
     * {@link WalkTimes} says so.
     */
    private static Instant instant(long seconds, int nanos) {
        if (seconds > Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return seconds < Instant.MIN.getEpochSecond() ? Instant.MIN : Instant.ofEpochSecond(seconds, nanos);
    }

    /** As the C library makes one number of the two. */
    private static long device(long major, long minor) {
        return (major & 0xFFFF_F000L) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFF_FF00L) << 12 | minor & 0xFF;
    }
}
