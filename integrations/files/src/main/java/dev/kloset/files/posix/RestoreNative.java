package dev.kloset.files.posix;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The few system calls that Java does not offer: opening a directory below an open one without following a symbolic link,
 * symbolic links with any target, times of any year, and the sync of a whole file system. Linux only.
 *
 * <p>Safe for any number of threads.
 */
public final class RestoreNative {

    /** Stands for the working directory where a descriptor is expected. */
    public static final int WORKING_DIRECTORY = -100;

    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final int NO_MODE = 0;
    /** The system accepts no text as long as this. */
    private static final int MAX_TEXT = 4096;
    // <sys/stat.h>: set this time to now.
    private static final long UTIME_NOW = (1L << 30) - 1;

    private final OpenFlags flags;
    private final boolean unnamedFiles;
    private final MemorySegment openat = SystemCalls.function("openat");
    private final MemorySegment close = SystemCalls.function("close");
    private final MemorySegment linkat = SystemCalls.function("linkat");
    private final MemorySegment unlinkat = SystemCalls.function("unlinkat");
    private final MemorySegment symlinkat = SystemCalls.function("symlinkat");
    private final MemorySegment mkfifoat = SystemCalls.function("mkfifoat");
    private final MemorySegment utimensat = SystemCalls.function("utimensat");
    private final MemorySegment fsync = SystemCalls.function("fsync");
    private final MemorySegment syncfs = SystemCalls.function("syncfs");

    private RestoreNative(OpenFlags flags, boolean unnamedFiles) {
        this.flags = flags;
        this.unnamedFiles = unnamedFiles;
    }

    private static final class Holder {
        private static final @Nullable RestoreNative INSTANCE = load();
    }

    /** {@return the system calls, or null where they are unknown or not allowed} The first call takes some time. */
    public static @Nullable RestoreNative instance() {
        return Holder.INSTANCE;
    }

    private static @Nullable RestoreNative load() {
        if (!System.getProperty("os.name").equals("Linux") || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return null;
        }
        OpenFlags flags = OpenFlags.ofThisMachine();
        if (flags == null) {
            return null;
        }
        if (!SystemCalls.available()) {
            System.getLogger(RestoreNative.class.getName())
                    .log(Level.WARNING, "system calls cannot be used: another process could redirect a restore");
            return null;
        }
        return new RestoreNative(flags, true);
    }

    /** {@return a descriptor of a directory, for reaching its entries} A symbolic link is not a directory. */
    public int openDirectory(int parent, String name) throws IOException {
        return OpenFileLimit.retrying(() -> openDirectoryAtOnce(parent, name));
    }

    /** The same, without a wait if no more files may be open. For {@link OpenFileLimit#retrying}. */
    public int openDirectoryAtOnce(int parent, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            int how = OpenFlags.O_PATH | flags.directory() | flags.noFollow() | OpenFlags.O_CLOEXEC;
            return open(buffer, parent, text(buffer, name), how, NO_MODE, name);
        }
    }

    /** {@return a descriptor that names a file of any kind and can do nothing else} A symbolic link is not followed. */
    public int openName(int parent, String name) throws IOException {
        return open(parent, name, OpenFlags.O_PATH | flags.noFollow() | OpenFlags.O_CLOEXEC);
    }

    /** {@return a descriptor of a directory that can be read and synced} */
    public int openDirectoryForReading(int parent, String name) throws IOException {
        return open(parent, name, OpenFlags.O_RDONLY | flags.directory() | flags.noFollow() | OpenFlags.O_CLOEXEC);
    }

    /** {@return the same calls, for file systems without unnamed files} */
    public RestoreNative withoutUnnamedFiles() {
        return new RestoreNative(flags, false);
    }

    /**
     * {@return a descriptor of a new file that has no name yet, and disappears if it never gets one} Empty if the file system
     * has no such files.
     */
    public OptionalInt createUnnamed(int directory) throws IOException {
        if (!unnamedFiles) {
            return OptionalInt.empty();
        }
        int unnamed = OpenFlags.O_WRONLY | OpenFlags.O_TMPFILE | flags.directory() | OpenFlags.O_CLOEXEC;
        try {
            return OptionalInt.of(open(directory, ".", unnamed, OWNER_MAY_READ_AND_WRITE));
        } catch (Errno.UnknownToFileSystem e) {
            return OptionalInt.empty();
        }
    }

    /** {@return a descriptor of the new file {@code name}} */
    public int create(int directory, String name) throws IOException {
        return open(directory, name,
                OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL | flags.noFollow() | OpenFlags.O_CLOEXEC,
                OWNER_MAY_READ_AND_WRITE);
    }

    private int open(int parent, String name, int how) throws IOException {
        return open(parent, name, how, NO_MODE);
    }

    private int open(int parent, String name, int how, int mode) throws IOException {
        return OpenFileLimit.retrying(() -> {
            try (NativeBuffer buffer = NativeBuffer.take()) {
                return open(buffer, parent, text(buffer, name), how, mode, name);
            }
        });
    }

    private int open(NativeBuffer buffer, int parent, long path, int how, int mode, String name)
            throws IOException {
        return check(SystemCalls.call(openat, buffer, parent, path, how, mode, 0), buffer, name);
    }

    /** {@return the kernel's own name for an open file, for calls that follow links} */
    public static String nameOf(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    /** Give an open file its first name, or another one. */
    public void link(int descriptor, int directory, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(linkat, buffer, WORKING_DIRECTORY, text(buffer, nameOf(descriptor)), directory,
                    text(buffer, name), AT_SYMLINK_FOLLOW), buffer, name);
        }
    }

    /**
     * Remove {@code name}. A symbolic link is not followed.
     *
     * @param isDirectory whether it is an empty directory; then nothing else is removed
     * @return the error number, 0 if it is gone
     */
    public int remove(int directory, String name, boolean isDirectory) throws FileSystemException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long failed = SystemCalls.call(unlinkat, buffer, directory, text(buffer, name),
                    isDirectory ? AT_REMOVEDIR : 0, 0, 0);
            return (int) failed == 0 ? 0 : buffer.errno();
        }
    }

    public void close(int descriptor) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            // Nothing was written through it, so a failure loses nothing.
            SystemCalls.call(close, buffer, descriptor, 0, 0, 0, 0);
        }
    }

    /** Make a symbolic link with exactly {@code target} as its target. */
    public void makeSymlink(String target, int directory, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(symlinkat, buffer, text(buffer, target), directory, text(buffer, name), 0, 0),
                    buffer, name);
        }
    }

    /** Make a named pipe that only its owner may use. */
    public void makePipe(int directory, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(mkfifoat, buffer, directory, text(buffer, name), OWNER_MAY_READ_AND_WRITE, 0, 0),
                    buffer, name);
        }
    }

    /**
     * Set the modification time of an open file, which may be a symbolic link. Its access time becomes now, as for a new file:
     * FUSE file systems with an older library set either both times or, without an error, neither.
     */
    public void setModified(int descriptor, Instant time) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            int times = buffer.room(4 * Long.BYTES);
            buffer.bytes()
                    .putLong(times, 0)
                    .putLong(times + Long.BYTES, UTIME_NOW)
                    .putLong(times + 2 * Long.BYTES, time.getEpochSecond())
                    .putLong(times + 3 * Long.BYTES, time.getNano());
            String name = nameOf(descriptor);
            check(SystemCalls.call(utimensat, buffer, WORKING_DIRECTORY, text(buffer, name), buffer.address(times), 0,
                    0), buffer, name);
        }
    }

    /** {@return the error number with which syncing an open file fails; 0 if it has been synced} */
    int errorOfSync(int descriptor) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return (int) SystemCalls.call(fsync, buffer, descriptor, 0, 0, 0, 0) == 0 ? 0 : buffer.errno();
        }
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    public void sync(int descriptor) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(syncfs, buffer, descriptor, 0, 0, 0, 0), buffer, "file system");
        }
    }

    /** {@return the address of {@code text} in the form that the system reads} */
    private long text(NativeBuffer buffer, String text) throws FileSystemException {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "it contains a zero");
        }
        return text(buffer, QuotedName.bytes(text), text);
    }

    private static long text(NativeBuffer buffer, byte[] bytes, String name) throws FileSystemException {
        if (bytes.length > MAX_TEXT) {
            throw Errno.failure(Errno.ENAMETOOLONG, name);
        }
        return buffer.address(buffer.text(bytes));
    }

    private static int check(long answer, NativeBuffer buffer, String name) throws FileSystemException {
        int result = (int) answer;
        if (result < 0) {
            throw Errno.failure(buffer.errno(), name);
        }
        return result;
    }
}
