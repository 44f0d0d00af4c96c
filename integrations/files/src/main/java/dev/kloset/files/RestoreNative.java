package dev.kloset.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
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
 * <p>Loading this takes some 70 ms, so it is done once, by the first call that cannot do without. For any number of threads.
 */
final class RestoreNative {

    /** Stands for the working directory in place of a descriptor. */
    static final int WORKING_DIRECTORY = -100;

    private static final System.Logger LOG = System.getLogger(RestoreNative.class.getName());

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
    // <sys/stat.h>: leave this time as it is.
    private static final long UTIME_OMIT = (1L << 30) - 2;
    // <asm-generic/errno-base.h>, <asm-generic/errno.h>
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int EINVAL = 22;
    private static final int ELOOP = 40;
    private static final int EOPNOTSUPP = 95;
    private static final Map<Integer, String> OTHER_ERRORS = Map.of(1, "operation not permitted", 5,
            "input/output error",
            22, "invalid argument", 23, "too many open files on this machine", 24, "too many open files", 28,
            "no space left on device", 30, "read-only file system", 36, "file name too long", 122,
            "disk quota exceeded");

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    // Names must be encoded as the JDK does it, or the two would see different files.
    private final Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private final int directoryFlag;
    private final int noFollowFlag;
    private final boolean unnamedFiles;
    private final MethodHandle openat;
    private final MethodHandle close;
    private final MethodHandle linkat;
    private final MethodHandle symlinkat;
    private final MethodHandle utimensat;
    private final MethodHandle syncfs;

    private RestoreNative(int directoryFlag, int noFollowFlag, boolean unnamedFiles) {
        this.unnamedFiles = unnamedFiles;
        this.directoryFlag = directoryFlag;
        this.noFollowFlag = noFollowFlag;
        Linker.Option errno = Linker.Option.captureCallState("errno");
        this.openat = handle("openat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), errno,
                Linker.Option.firstVariadicArg(3));
        this.close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), errno);
        this.linkat = handle("linkat",
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT), errno);
        this.symlinkat = handle("symlinkat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS), errno);
        this.utimensat = handle("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT),
                errno);
        this.syncfs = handle("syncfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT), errno);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor function, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
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
        try {
            // <fcntl.h> of each: O_DIRECTORY and O_NOFOLLOW
            return switch (System.getProperty("os.arch")) {
                case "amd64", "riscv64" -> new RestoreNative(0_200000, 0_400000, true);
                case "aarch64" -> new RestoreNative(0_40000, 0_100000, true);
                default -> null;
            };
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, "system calls cannot be used: another process could redirect a restore", e);
            return null;
        }
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
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(path.length + 1L).copyFrom(MemorySegment.ofArray(path));
            return open(arena, WORKING_DIRECTORY, text, O_PATH | noFollowFlag | O_CLOEXEC, NO_MODE, "file");
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
        try (Arena arena = Arena.ofConfined()) {
            return open(arena, parent, text(arena, name), flags, mode, name);
        }
    }

    private int open(Arena arena, int parent, MemorySegment path, int flags, int mode, String name) throws IOException {
        try {
            MemorySegment state = arena.allocate(CALL_STATE);
            int descriptor = (int) openat.invokeExact(state, parent, path, flags, mode);
            return check(descriptor, state, name);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** {@return the kernel's own name for what is open, good for calls that follow links} */
    static String nameOf(int descriptor) {
        return "/proc/self/fd/" + descriptor;
    }

    /** Give what is open a further name, or its first. */
    void link(int descriptor, int directory, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            check((int) linkat.invokeExact(state, WORKING_DIRECTORY, text(arena, nameOf(descriptor)), directory,
                    text(arena, name), AT_SYMLINK_FOLLOW), state, name);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            // Nothing was written through it, so there is nothing to lose.
            int ignored = (int) close.invokeExact(arena.allocate(CALL_STATE), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Make a symbolic link whose target is {@code target}, letter by letter. */
    void makeSymlink(String target, int directory, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            check((int) symlinkat.invokeExact(state, text(arena, target), directory,
                    text(arena, name)), state, name);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Set the modification time of what is open, which may be a symbolic link. */
    void setModified(int descriptor, Instant time) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment times = arena.allocateFrom(JAVA_LONG, 0, UTIME_OMIT, time.getEpochSecond(), time.getNano());
            String name = nameOf(descriptor);
            check((int) utimensat.invokeExact(state, WORKING_DIRECTORY, text(arena, name), times, 0), state, name);
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    /** Bring everything on the file system of {@code descriptor} to the disk. */
    void sync(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            check((int) syncfs.invokeExact(state, descriptor), state, "file system");
        } catch (Throwable e) {
            throw rethrow(e);
        }
    }

    private MemorySegment text(Arena arena, String text) {
        try {
            ByteBuffer bytes = names.newEncoder().encode(CharBuffer.wrap(text));
            if (text.indexOf('\0') < 0) {
                MemorySegment segment = arena.allocate(bytes.remaining() + 1L);
                return segment.copyFrom(MemorySegment.ofBuffer(bytes));
            }
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "the locale has no such characters");
        }
        throw new InvalidPathException(text, "it contains a zero");
    }

    private static int check(int result, MemorySegment state, String name) throws FileSystemException {
        if (result >= 0) {
            return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        throw switch (errno) {
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

    /** Method handles declare every throwable; only our own and those of the JVM can come. */
    private static IOException rethrow(Throwable e) {
        return switch (e) {
            case IOException failure -> failure;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> new IOException(e);
        };
    }
}
