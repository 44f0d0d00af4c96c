package dev.kloset.files;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The few system calls that Java does not offer: opening a directory below an open one without following a symbolic link,
 * symbolic links with any target, times of any year, and the sync of a whole file system. Linux only.
 *
 * <p>For any number of threads.
 */
final class RestoreNative {

    /** Stands for the working directory in place of a descriptor. */
    static final int WORKING_DIRECTORY = -100;

    // <fcntl.h>; the two flags that differ between processors are set in load.
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0_100;
    private static final int O_EXCL = 0_200;
    private static final int O_CLOEXEC = 0_2000000;
    private static final int O_PATH = 0_10000000;
    private static final int O_TMPFILE = 0_20000000;
    private static final int AT_SYMLINK_FOLLOW = 0x400;
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final int NO_MODE = 0;
    /** More than the system takes for one. */
    private static final int MAX_TEXT = 4096;
    // <sys/stat.h>: leave this time as it is.
    private static final long UTIME_OMIT = (1L << 30) - 2;
    // <asm-generic/errno-base.h>, <asm-generic/errno.h>
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int EINVAL = 22;
    private static final int ENAMETOOLONG = 36;
    private static final int ELOOP = 40;
    private static final int EOPNOTSUPP = 95;
    private static final Map<Integer, String> OTHER_ERRORS = Map.of(1, "operation not permitted", 5,
            "input/output error",
            22, "invalid argument", 23, "too many open files on this machine", 24, "too many open files", 28,
            "no space left on device", 30, "read-only file system", 36, "file name too long", 122,
            "disk quota exceeded");

    // Names must be encoded as the JDK does it, or the two would see different files.
    private final Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private final int directoryFlag;
    private final int noFollowFlag;
    private final boolean unnamedFiles;
    private final MemorySegment openat = SystemCalls.function("openat");
    private final MemorySegment close = SystemCalls.function("close");
    private final MemorySegment linkat = SystemCalls.function("linkat");
    private final MemorySegment symlinkat = SystemCalls.function("symlinkat");
    private final MemorySegment utimensat = SystemCalls.function("utimensat");
    private final MemorySegment syncfs = SystemCalls.function("syncfs");

    private RestoreNative(int directoryFlag, int noFollowFlag, boolean unnamedFiles) {
        this.unnamedFiles = unnamedFiles;
        this.directoryFlag = directoryFlag;
        this.noFollowFlag = noFollowFlag;
    }

    private static final class Holder {
        private static final @Nullable RestoreNative INSTANCE = load();
    }

    /** {@return the system calls, or null where they are not known or not allowed} The first call takes its time. */
    static @Nullable RestoreNative instance() {
        return Holder.INSTANCE;
    }

    private static @Nullable RestoreNative load() {
        if (!System.getProperty("os.name").equals("Linux") || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return null;
        }
        // <fcntl.h> of each: O_DIRECTORY and O_NOFOLLOW
        return switch (System.getProperty("os.arch")) {
            case "amd64", "riscv64" -> load(0_200000, 0_400000);
            case "aarch64" -> load(0_40000, 0_100000);
            default -> null;
        };
    }

    private static @Nullable RestoreNative load(int directoryFlag, int noFollowFlag) {
        if (!SystemCalls.available()) {
            System.getLogger(RestoreNative.class.getName())
                    .log(Level.WARNING, "system calls cannot be used: another process could redirect a restore");
            return null;
        }
        return new RestoreNative(directoryFlag, noFollowFlag, true);
    }

    /** {@return a descriptor of a directory, good for reaching what is in it} A symbolic link is no directory. */
    int openDirectory(int parent, String name) throws IOException {
        return open(parent, name, O_PATH | directoryFlag | noFollowFlag | O_CLOEXEC);
    }

    /** {@return a descriptor that names a file of any kind, itself if it is a symbolic link, and can do nothing else} */
    int openName(int parent, String name) throws IOException {
        return open(parent, name, O_PATH | noFollowFlag | O_CLOEXEC);
    }

    /** {@return a descriptor like that of {@link #openName(int, String)}, for a path in bytes} */
    int openName(byte[] path) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return open(buffer, WORKING_DIRECTORY, text(buffer, path, "file"), O_PATH | noFollowFlag | O_CLOEXEC,
                    NO_MODE, "file");
        }
    }

    /** {@return a descriptor of a directory that can be read and synced} */
    int openDirectoryForReading(int parent, String name) throws IOException {
        return open(parent, name, O_RDONLY | directoryFlag | noFollowFlag | O_CLOEXEC);
    }

    /** {@return the same calls for file systems that have no files without a name} */
    RestoreNative withoutUnnamedFiles() {
        return new RestoreNative(directoryFlag, noFollowFlag, false);
    }

    /**
     * {@return a descriptor of a new file that has no name yet, and is gone if it never gets one} Empty where the file
     * system has no such files.
     */
    OptionalInt createUnnamed(int directory) throws IOException {
        if (!unnamedFiles) {
            return OptionalInt.empty();
        }
        int flags = O_WRONLY | O_TMPFILE | directoryFlag | O_CLOEXEC;
        try {
            return OptionalInt.of(open(directory, ".", flags, OWNER_MAY_READ_AND_WRITE));
        } catch (UnknownToFileSystem e) {
            return OptionalInt.empty();
        }
    }

    /** {@return a descriptor of the new file {@code name}} */
    int create(int directory, String name) throws IOException {
        return open(directory, name, O_WRONLY | O_CREAT | O_EXCL | noFollowFlag | O_CLOEXEC, OWNER_MAY_READ_AND_WRITE);
    }

    private int open(int parent, String name, int flags) throws IOException {
        return open(parent, name, flags, NO_MODE);
    }

    private int open(int parent, String name, int flags, int mode) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return open(buffer, parent, text(buffer, name), flags, mode, name);
        }
    }

    private int open(NativeBuffer buffer, int parent, long path, int flags, int mode, String name)
            throws IOException {
        return check(SystemCalls.call(openat, buffer, parent, path, flags, mode, 0), buffer, name);
    }

    /** {@return the kernel's own name for what is open, good for calls that follow links} */
    static String nameOf(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    /** Give what is open a further name, or its first. */
    void link(int descriptor, int directory, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(linkat, buffer, WORKING_DIRECTORY, text(buffer, nameOf(descriptor)), directory,
                    text(buffer, name), AT_SYMLINK_FOLLOW), buffer, name);
        }
    }

    void close(int descriptor) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            // Nothing was written through it, so there is nothing to lose.
            SystemCalls.call(close, buffer, descriptor, 0, 0, 0, 0);
        }
    }

    /** Make a symbolic link whose target is {@code target}, letter by letter. */
    void makeSymlink(String target, int directory, String name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(symlinkat, buffer, text(buffer, target), directory, text(buffer, name), 0, 0),
                    buffer, name);
        }
    }

    /** Set the modification time of what is open, which may be a symbolic link. */
    void setModified(int descriptor, Instant time) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            int times = buffer.room(4 * Long.BYTES);
            buffer.bytes()
                    .putLong(times, 0)
                    .putLong(times + Long.BYTES, UTIME_OMIT)
                    .putLong(times + 2 * Long.BYTES, time.getEpochSecond())
                    .putLong(times + 3 * Long.BYTES, time.getNano());
            String name = nameOf(descriptor);
            check(SystemCalls.call(utimensat, buffer, WORKING_DIRECTORY, text(buffer, name), buffer.address(times), 0,
                    0), buffer, name);
        }
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    void sync(int descriptor) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            check(SystemCalls.call(syncfs, buffer, descriptor, 0, 0, 0, 0), buffer, "file system");
        }
    }

    /** {@return the address of {@code text} as the system reads it} */
    private long text(NativeBuffer buffer, String text) throws FileSystemException {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "it contains a zero");
        }
        return text(buffer, bytes(text), text);
    }

    private byte[] bytes(String text) {
        try {
            ByteBuffer encoded = names.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "the locale has no such characters");
        }
    }

    private static long text(NativeBuffer buffer, byte[] bytes, String name) throws FileSystemException {
        if (bytes.length > MAX_TEXT) {
            throw failure(ENAMETOOLONG, name);
        }
        return buffer.address(buffer.text(bytes));
    }

    private static int check(long answer, NativeBuffer buffer, String name) throws FileSystemException {
        int result = (int) answer;
        if (result < 0) {
            throw failure(buffer.errno(), name);
        }
        return result;
    }

    private static FileSystemException failure(int errno, String name) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(name);
            case EACCES -> new AccessDeniedException(name);
            case EEXIST -> new FileAlreadyExistsException(name);
            case ENOTDIR, ELOOP -> new NotDirectoryException(name);
            case EISDIR, EINVAL, EOPNOTSUPP ->
                new UnknownToFileSystem(name, OTHER_ERRORS.getOrDefault(errno, "not supported here"));
            default -> new FileSystemException(name, null, OTHER_ERRORS.getOrDefault(errno, "system error " + errno));
        };
    }

    /** What file systems and kernels say of calls that they do not have. */
    private static final class UnknownToFileSystem extends FileSystemException {
        private static final long serialVersionUID = 1;

        UnknownToFileSystem(String name, String reason) {
            super(name, null, reason);
        }
    }
}
