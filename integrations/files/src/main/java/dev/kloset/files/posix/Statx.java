package dev.kloset.files.posix;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.files.backup.WalkTimes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a file as Linux reports it. Java makes the same system call, but returns the answer as a map of names, which
 * takes longer than the call.
 */
public final class Statx {

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
     * {@return the system's answer, valid until {@code buffer} is used again} Null if the system has no such call, or gives no
     * answer: then Java knows how to ask, or how to report the failure.
     */
    static @Nullable Statx of(byte[] path, boolean follow, NativeBuffer buffer) {
        return of(AT_FDCWD, path, follow ? 0 : AT_SYMLINK_NOFOLLOW, buffer);
    }

    /**
     * {@return the system's answer about an entry of an open directory, or, with an empty name, about the open file itself}
     * Null if there is no answer; {@code buffer} then has the error number. The call mounts nothing.
     */
    public static @Nullable Statx of(int directory, byte[] name, NativeBuffer buffer) {
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

    public int uid() {
        return bytes.getInt(at + UID);
    }

    public int gid() {
        return bytes.getInt(at + GID);
    }

    long device() {
        return device(bytes.getInt(at + DEVICE_MAJOR), bytes.getInt(at + DEVICE_MINOR));
    }

    long inode() {
        return bytes.getLong(at + INO);
    }

    /** {@return whether the file takes less space on the disk than its size, so that there may be holes} */
    public boolean isSparse() {
        return bytes.getLong(at + BLOCKS) < bytes.getLong(at + SIZE) / BLOCK_BYTES;
    }

    /** {@return whether the file has no bytes, or does not report how many} */
    public boolean isEmpty() {
        return bytes.getLong(at + SIZE) == 0;
    }

    /** {@return the metadata except the names of the owners} */
    public FileInfo.Builder info(String name) {
        return FileInfo.builder(name)
                .mode(FileMode.fromPosix(Short.toUnsignedInt(bytes.getShort(at + MODE))))
                .size(bytes.getLong(at + SIZE))
                .modTime(instant(bytes.getLong(at + MODIFIED_SECONDS), bytes.getInt(at + MODIFIED_NANOS)))
                .dev(device())
                .ino(inode())
                .nlink(Integer.toUnsignedLong(bytes.getInt(at + NLINK)))
                .uid(Integer.toUnsignedLong(uid()))
                .gid(Integer.toUnsignedLong(gid()));
    }

    /**
     * Some file systems keep times that Java cannot express. A time a billion years from now becomes the last possible one, and
     * {@link WalkTimes} reports it.
     */
    private static Instant instant(long seconds, int nanos) {
        if (seconds > Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return seconds < Instant.MIN.getEpochSecond() ? Instant.MIN : Instant.ofEpochSecond(seconds, nanos);
    }

    /** Combines the two numbers as the C library does. */
    private static long device(long major, long minor) {
        return (major & 0xFFFF_F000L) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFF_FF00L) << 12 | minor & 0xFF;
    }
}
