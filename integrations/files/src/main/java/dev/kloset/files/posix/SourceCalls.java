package dev.kloset.files.posix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that read a source. Each file is reached from an open directory, without following a symbolic link on the
 * way. Linux only. Safe for any number of threads.
 */
public final class SourceCalls {

    // <sys/syscall.h>: openat2 has one number everywhere.
    private static final int SYS_OPENAT2 = 437;
    // <linux/openat2.h>
    private static final long RESOLVE_NO_SYMLINKS = 4;
    private static final int OPEN_HOW_BYTES = 3 * Long.BYTES;
    // <fcntl.h>
    private static final int AT_FDCWD = -100;
    /** The system accepts paths of 4,096 bytes including the final zero; longer ones are walked in pieces. */
    private static final int MAX_PATH = 4095;
    private static final int STATFS_BYTES = 256;
    private static final byte[] SELF = { '.' };

    private final OpenFlags flags;
    private final int getdents;
    private final MemorySegment syscall = SystemCalls.function("syscall");
    private final MemorySegment openat = SystemCalls.function("openat");
    private final MemorySegment close = SystemCalls.function("close");
    private final MemorySegment read = SystemCalls.function("read");
    private final MemorySegment lseek = SystemCalls.function("lseek");
    private final MemorySegment readlinkat = SystemCalls.function("readlinkat");
    private final MemorySegment fstatfs = SystemCalls.function("fstatfs");
    private volatile boolean openat2 = true; // until the kernel, or a filter, reports that there is no such call

    private SourceCalls(OpenFlags flags, int getdents) {
        this.flags = flags;
        this.getdents = getdents;
    }

    private static final class Holder {
        private static final @Nullable SourceCalls INSTANCE = load();
    }

    /** {@return the calls; null where they are unknown or not allowed} The first call takes some time. */
    public static @Nullable SourceCalls instance() {
        return Holder.INSTANCE;
    }

    private static @Nullable SourceCalls load() {
        OpenFlags flags = OpenFlags.ofThisMachine();
        return flags != null && SystemCalls.has("statx") && Files.isDirectory(Path.of("/proc/self/fd"))
                ? new SourceCalls(flags, System.getProperty("os.arch").equals("amd64") ? 217 : 61)
                : null;
    }

    /** {@return a descriptor that names the file at an absolute path, whose directories may be symbolic links} */
    public int holdStart(byte[] path) throws IOException {
        return OpenFileLimit.retrying(() -> {
            try (NativeBuffer buffer = NativeBuffer.take()) {
                return open(buffer, AT_FDCWD, path, OpenFlags.O_PATH | flags.noFollow());
            }
        });
    }

    /**
     * {@return a descriptor that names the file at {@code path} below {@code start} and can do nothing else} A symbolic link at
     * the end is not followed.
     *
     * @throws java.nio.file.NotDirectoryException if a directory on the way has become a symbolic link, or something else
     */
    public int hold(int start, byte[] path) throws IOException {
        int at = start;
        int from = 0;
        try {
            while (path.length - from > MAX_PATH) {
                int end = lastSlash(path, from);
                int next = holdNear(at, slice(path, from, end));
                closeUnless(start, at);
                at = next;
                from = end + 1;
            }
            return holdNear(at, from == 0 ? path : slice(path, from, path.length));
        } finally {
            closeUnless(start, at);
        }
    }

    /** {@return the end of the longest piece of {@code path} that one call accepts} A name has at most 255 bytes. */
    private static int lastSlash(byte[] path, int from) {
        int end = from + MAX_PATH;
        while (path[end] != '/') {
            end--;
        }
        return end;
    }

    private static byte[] slice(byte[] path, int from, int to) {
        return Arrays.copyOfRange(path, from, to);
    }

    private void closeUnless(int kept, int descriptor) {
        if (descriptor != kept) {
            close(descriptor);
        }
    }

    private int holdNear(int directory, byte[] path) throws IOException {
        return OpenFileLimit.retrying(() -> {
            if (openat2) {
                try (NativeBuffer buffer = NativeBuffer.take()) {
                    int descriptor = (int) openat2(buffer, directory, path);
                    if (descriptor >= 0) {
                        return descriptor;
                    }
                    // A filter of system calls that is older than this call reports EPERM.
                    if (buffer.errno() != Errno.ENOSYS && buffer.errno() != Errno.EPERM) {
                        throw Errno.failure(buffer.errno(), QuotedName.of(path));
                    }
                }
                openat2 = false;
            }
            return holdStepwise(directory, path);
        });
    }

    private long openat2(NativeBuffer buffer, int directory, byte[] path) {
        int how = buffer.room(OPEN_HOW_BYTES);
        buffer.bytes()
                .putLong(how, OpenFlags.O_PATH | flags.noFollow() | OpenFlags.O_CLOEXEC)
                .putLong(how + Long.BYTES, 0)
                .putLong(how + 2 * Long.BYTES, RESOLVE_NO_SYMLINKS);
        return SystemCalls.call(syscall, buffer, SYS_OPENAT2, directory, buffer.address(buffer.text(path)),
                buffer.address(how), OPEN_HOW_BYTES);
    }

    private int holdStepwise(int directory, byte[] path) throws IOException {
        int at = directory;
        int from = 0;
        try {
            while (true) {
                int end = from;
                while (end < path.length && path[end] != '/') {
                    end++;
                }
                boolean last = end == path.length;
                int next;
                try (NativeBuffer buffer = NativeBuffer.take()) {
                    next = open(buffer, at, slice(path, from, end),
                            OpenFlags.O_PATH | flags.noFollow() | (last ? 0 : flags.directory()));
                }
                if (last) {
                    return next;
                }
                closeUnless(directory, at);
                at = next;
                from = end + 1;
            }
        } finally {
            closeUnless(directory, at);
        }
    }

    /** {@return a descriptor from which the directory {@code held} can be listed} */
    public int openForListing(int held) throws IOException {
        return openQuietly(nameOf(held), OpenFlags.O_RDONLY | flags.directory());
    }

    /** {@return a descriptor from which the regular file {@code held} can be read} */
    public int openForReading(int held) throws IOException {
        return openQuietly(nameOf(held), OpenFlags.O_RDONLY);
    }

    /**
     * {@return a descriptor for reading the regular file {@code held}, which claims to be empty} Files of the kernel claim the
     * same. Some would make a reader wait for a future event, perhaps forever: reading those fails instead.
     */
    public int openEmptyForReading(int held) throws IOException {
        try {
            return openQuietly(nameOf(held), OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK);
        } catch (Errno.WouldWait e) {
            // Another process has a lease on the file, which the kernel ends soon.
            return openForReading(held);
        }
    }

    /** Open without changing the access time, if this process may ask for that: as the owner, or as the super-user. */
    private int openQuietly(byte[] path, int how) throws IOException {
        return OpenFileLimit.retrying(() -> {
            try (NativeBuffer buffer = NativeBuffer.take()) {
                int descriptor = tryToOpen(buffer, AT_FDCWD, path, how | OpenFlags.O_NOATIME);
                return descriptor >= 0 || buffer.errno() != Errno.EPERM
                        ? checked(descriptor, buffer, path)
                        : checked(tryToOpen(buffer, AT_FDCWD, path, how), buffer, path);
            }
        });
    }

    private int open(NativeBuffer buffer, int directory, byte[] path, int how) throws IOException {
        return checked(tryToOpen(buffer, directory, path, how), buffer, path);
    }

    private int tryToOpen(NativeBuffer buffer, int directory, byte[] path, int how) throws FileSystemException {
        if (path.length > MAX_PATH) {
            throw Errno.failure(Errno.ENAMETOOLONG, QuotedName.of(path));
        }
        return (int) SystemCalls.call(openat, buffer, directory, buffer.address(buffer.text(path)),
                how | OpenFlags.O_CLOEXEC, 0, 0);
    }

    private static int checked(int answer, NativeBuffer buffer, byte[] path) throws FileSystemException {
        if (answer < 0) {
            throw Errno.failure(buffer.errno(), QuotedName.of(path));
        }
        return answer;
    }

    /** {@return the kernel's own name for an open file, for calls that follow links} */
    public static byte[] nameOf(int descriptor) {
        return RestoreNative.nameOf(descriptor).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the next entries of a directory, in the form of {@code struct linux_dirent64}; empty at the end} */
    public byte[] entries(int descriptor) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            int room = buffer.rest();
            int place = buffer.room(room);
            int count = checked(
                    (int) SystemCalls.call(syscall, buffer, getdents, descriptor, buffer.address(place), room, 0),
                    buffer, SELF);
            return buffer.copy(place, count);
        }
    }

    /** {@return the target of a symbolic link, unchanged} The name is empty for {@code directory} itself. */
    public byte[] target(int directory, byte[] name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long path = buffer.address(buffer.text(name));
            int room = buffer.rest();
            int place = buffer.room(room);
            int count = checked((int) SystemCalls.call(readlinkat, buffer, directory, path, buffer.address(place),
                    room, 0), buffer, name);
            return buffer.copy(place, count);
        }
    }

    /** {@return the magic number of the file system of {@code descriptor}, from {@code <linux/magic.h>}} */
    public long fileSystem(int descriptor) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            int place = buffer.room(STATFS_BYTES);
            checked((int) SystemCalls.call(fstatfs, buffer, descriptor, buffer.address(place), 0, 0, 0), buffer, SELF);
            return buffer.bytes().getLong(place);
        }
    }

    /**
     * {@return what distinguishes an entry of an open directory from all other files; null if there is no such entry} A
     * symbolic link is not followed.
     */
    public @Nullable FileIdentity identity(int directory, byte[] name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            Statx found = Statx.of(directory, name, buffer);
            if (found != null) {
                return new FileIdentity(found.device(), found.inode());
            }
            if (buffer.errno() == Errno.ENOENT) {
                return null;
            }
            throw Errno.failure(buffer.errno(), QuotedName.of(name));
        }
    }

    /** {@return how many bytes were read to {@code address}; 0 at the end} */
    public int read(int descriptor, long address, int count) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long answer;
            do {
                answer = SystemCalls.call(read, buffer, descriptor, address, count, 0, 0);
            } while (answer < 0 && buffer.errno() == Errno.EINTR);
            if (answer < 0) {
                throw new IOException(Errno.words(buffer.errno()));
            }
            return (int) answer;
        }
    }

    /** {@return the new position, or the negative error number} */
    public long seek(int descriptor, long offset, int whence) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long answer = SystemCalls.call(lseek, buffer, descriptor, offset, whence, 0, 0);
            return answer < 0 ? -buffer.errno() : answer;
        }
    }

    public void close(int descriptor) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            // Nothing was written through it, so a failure loses nothing.
            SystemCalls.call(close, buffer, descriptor, 0, 0, 0, 0);
        }
    }
}
