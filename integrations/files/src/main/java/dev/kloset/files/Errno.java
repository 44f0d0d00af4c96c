package dev.kloset.files;

import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** The numbers that failed system calls leave, and the exceptions that Java has for them. */
final class Errno {

    // <asm-generic/errno-base.h>, <asm-generic/errno.h>: the same on every processor that SystemCalls knows.
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;

    private static final Map<Integer, String> WORDS = Map.ofEntries(Map.entry(EPERM, "operation not permitted"),
            Map.entry(5, "input/output error"), Map.entry(16, "device or resource busy"),
            Map.entry(EINVAL, "invalid argument"), Map.entry(ENFILE, "too many open files on this machine"),
            Map.entry(EMFILE, "too many open files"), Map.entry(28, "no space left on device"),
            Map.entry(30, "read-only file system"), Map.entry(ENAMETOOLONG, "file name too long"),
            Map.entry(107, "the file system is not connected"), Map.entry(110, "connection timed out"),
            Map.entry(116, "stale file handle"), Map.entry(122, "disk quota exceeded"));

    private static final int MAX_TEXT = 256;

    private Errno() {}

    /** {@return the exception for a call on {@code name} that failed with this number} */
    static FileSystemException failure(int errno, String name) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(name);
            case EACCES -> new AccessDeniedException(name);
            case EEXIST -> new FileAlreadyExistsException(name);
            case ENOTDIR, ELOOP -> new NotDirectoryException(name);
            case EISDIR, EINVAL, EOPNOTSUPP ->
                new UnknownToFileSystem(name, WORDS.getOrDefault(errno, "not supported here"));
            case EMFILE, ENFILE -> new TooManyOpenFiles(name, words(errno));
            default -> new FileSystemException(name, null, words(errno));
        };
    }

    /** {@return what the system says of this error} */
    static String words(int errno) {
        String known = WORDS.get(errno);
        if (known != null) {
            return known;
        }
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return text(SystemCalls.call(SystemCalls.function("strerror"), buffer, errno, 0, 0, 0, 0));
        }
    }

    @SuppressWarnings("restricted") // Such a text is far shorter.
    private static String text(long address) {
        return MemorySegment.ofAddress(address).reinterpret(MAX_TEXT).getString(0);
    }

    /** What file systems and kernels say of calls that they do not have. */
    static final class UnknownToFileSystem extends FileSystemException {
        private static final long serialVersionUID = 1;

        private UnknownToFileSystem(String name, String reason) {
            super(name, null, reason);
        }
    }

    /** The process, or the machine, has as many files open as it may. Others may be closed soon. */
    static final class TooManyOpenFiles extends FileSystemException {
        private static final long serialVersionUID = 1;

        private TooManyOpenFiles(String name, String reason) {
            super(name, null, reason);
        }
    }
}
