package dev.kloset.files.posix;

import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** The error numbers of failed system calls, and the exceptions that Java has for them. */
public final class Errno {

    // <asm-generic/errno-base.h>, <asm-generic/errno.h>: the same on every processor that SystemCalls knows.
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    static final int EINTR = 4;
    public static final int ENXIO = 6;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;

    private static final Map<Integer, String> WORDS = Map.ofEntries(Map.entry(EPERM, "operation not permitted"),
            Map.entry(EAGAIN, "it has nothing to read yet, and the backup does not wait"),
            Map.entry(5, "input/output error"),
            Map.entry(EBUSY, "device or resource busy"),
            Map.entry(EINVAL, "invalid argument"), Map.entry(ENFILE, "too many open files on this machine"),
            Map.entry(EMFILE, "too many open files"), Map.entry(28, "no space left on device"),
            Map.entry(30, "read-only file system"), Map.entry(ENAMETOOLONG, "file name too long"),
            Map.entry(107, "the file system is not connected"), Map.entry(110, "connection timed out"),
            Map.entry(116, "stale file handle"), Map.entry(122, "disk quota exceeded"));

    private static final int MAX_TEXT = 256;

    private Errno() {}

    /** {@return the exception for a call on {@code name} that failed with this error number} */
    public static FileSystemException failure(int errno, String name) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(name);
            case EACCES -> new AccessDeniedException(name);
            case EEXIST -> new FileAlreadyExistsException(name);
            case ENOTDIR, ELOOP -> new NotDirectoryException(name);
            case EISDIR, EINVAL, EOPNOTSUPP ->
                new UnknownToFileSystem(name, WORDS.getOrDefault(errno, "not supported here"));
            case EAGAIN -> new WouldWait(name, words(errno));
            case EMFILE, ENFILE -> new TooManyOpenFiles(name, words(errno));
            default -> new FileSystemException(name, null, words(errno));
        };
    }

    /** {@return what is said of this error} */
    public static String words(int errno) {
        String known = WORDS.get(errno);
        return known != null ? known : wordsOfSystem(errno);
    }

    /** {@return whether {@code reason} is ours or Java's for this error} Java asks the C library, which translates in some locales. */
    public static boolean isReason(int errno, String reason) {
        return reason.equals(words(errno))
                || SystemCalls.has("strerror") && reason.equalsIgnoreCase(wordsOfSystem(errno));
    }

    /** {@return what the C library says of this error} */
    static String wordsOfSystem(int errno) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return text(SystemCalls.call(SystemCalls.function("strerror"), buffer, errno, 0, 0, 0, 0));
        }
    }

    @SuppressWarnings("restricted") // such a text is far shorter
    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(MAX_TEXT).getString(0);
    }

    /** Reports a call that the file system or the kernel does not have. */
    static final class UnknownToFileSystem extends FileSystemException {
        private static final long serialVersionUID = 1;

        private UnknownToFileSystem(String name, String reason) {
            super(name, null, reason);
        }
    }

    /** Reports that the answer would have required a wait, which the caller did not want. */
    static final class WouldWait extends FileSystemException {
        private static final long serialVersionUID = 1;

        private WouldWait(String name, String reason) {
            super(name, null, reason);
        }
    }

    /** Reports that the process, or the machine, has as many files open as it may. Some may be closed soon. */
    static final class TooManyOpenFiles extends FileSystemException {
        private static final long serialVersionUID = 1;

        private TooManyOpenFiles(String name, String reason) {
            super(name, null, reason);
        }
    }
}
