package dev.kloset.files.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system's calls for extended attributes where {@link SystemCalls} are not known: on macOS, and on other processors. Java itself shows
 * only one namespace of them. For any number of threads.
 */
final class XattrCalls {

    // <errno.h>; both systems agree on these.
    private static final int ENOENT = 2;
    private static final int ERANGE = 34;
    private static final int LINUX_EOPNOTSUPP = 95;
    private static final int MACOS_ENOTSUP = 45;

    // <sys/xattr.h> of macOS.
    private static final int MACOS_XATTR_NOFOLLOW = 1;

    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_BUFFER = 256 * 1024 * 1024;
    private static final int MAX_ERROR_TEXT = 256;

    private static final MemoryLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(PathElement.groupElement("errno"));

    private final boolean follow;
    private final MethodHandle list;
    private final MethodHandle get;
    private final MethodHandle errorText;
    private final int notSupported;
    private @Nullable MethodHandle set; // guarded by this; a backup does not pay for it

    private XattrCalls(boolean follow, MethodHandle list, MethodHandle get, MethodHandle errorText, int notSupported) {
        this.follow = follow;
        this.list = list;
        this.get = get;
        this.errorText = errorText;
        this.notSupported = notSupported;
    }

    /** Their first use costs some 50 ms, so there must be a file that needs them. */
    private static final class Following {
        private static final @Nullable XattrCalls CALLS = load(true);

        private Following() {}
    }

    private static final class NotFollowing {
        private static final @Nullable XattrCalls CALLS = load(false);

        private NotFollowing() {}
    }

    /** {@return the calls that follow a symbolic link, or those that do not; null where there are none} */
    static @Nullable XattrCalls of(boolean follow) {
        return follow ? Following.CALLS : NotFollowing.CALLS;
    }

    private static @Nullable XattrCalls load(boolean follow) {
        try {
            return switch (System.getProperty("os.name")) {
                case "Linux" -> linux(follow);
                case "Mac OS X" -> macos(follow);
                default -> null;
            };
        } catch (RuntimeException | LinkageError e) {
            // Native access is forbidden, or this C library has no such function: no attributes then.
            return null;
        }
    }

    private static XattrCalls linux(boolean follow) {
        MethodHandle list = call(linuxName("listxattr", follow),
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
        MethodHandle get = call(linuxName("getxattr", follow),
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        return new XattrCalls(follow, list, get, errorText(), LINUX_EOPNOTSUPP);
    }

    private static String linuxName(String function, boolean follow) {
        return follow ? function : "l" + function;
    }

    private static XattrCalls macos(boolean follow) {
        MethodHandle list = call("listxattr",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
        MethodHandle get = call("getxattr",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
        // After the captured errno and the parameters that Linux also has: position 0, and the option.
        return new XattrCalls(follow, MethodHandles.insertArguments(list, 4, macosOption(follow)),
                MethodHandles.insertArguments(get, 5, 0, macosOption(follow)), errorText(), MACOS_ENOTSUP);
    }

    private static int macosOption(boolean follow) {
        return follow ? 0 : MACOS_XATTR_NOFOLLOW;
    }

    private static MethodHandle setting(boolean follow) {
        // Behind the captured errno and the parameters that both systems have: flags, or position and option.
        if (System.getProperty("os.name").equals("Linux")) {
            MethodHandle set = call(linuxName("setxattr", follow),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
            return MethodHandles.insertArguments(set, 5, 0);
        }
        MethodHandle set = call("setxattr",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
        return MethodHandles.insertArguments(set, 5, 0, macosOption(follow));
    }

    private synchronized MethodHandle set() throws IOException {
        MethodHandle known = set;
        if (known == null) {
            try {
                known = setting(follow);
            } catch (RuntimeException | LinkageError e) {
                throw new IOException("this process cannot set extended attributes", e);
            }
            set = known;
        }
        return known;
    }

    @SuppressWarnings("restricted") // native calls are the purpose of this class
    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle errorText() {
        Linker linker = Linker.nativeLinker();
        MemoryLayout text = MemoryLayout.sequenceLayout(MAX_ERROR_TEXT, JAVA_BYTE);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ADDRESS.withTargetLayout(text), JAVA_INT));
    }

    /** {@return the names of all attributes, each followed by a zero; empty if the file system has no attributes} */
    byte[] list(byte[] path) throws IOException {
        return read(path, notSupported, (arena, errno, file, buffer) -> (long) list.invokeExact(errno, file, buffer,
                buffer.byteSize())).orElse(new byte[0]);
    }

    /** {@return the value of one attribute} */
    byte[] value(byte[] path, byte[] name) throws IOException {
        return read(path, 0, (arena, errno, file, buffer) -> (long) get.invokeExact(errno, file, text(arena, name),
                buffer, buffer.byteSize())).orElseThrow();
    }

    /** Set one attribute. */
    void set(byte[] path, byte[] name, byte[] value) throws IOException {
        MethodHandle call = set();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
            int answer = (int) call.invokeExact(errno, text(arena, path), text(arena, name), bytes,
                    (long) value.length);
            if (answer != 0) {
                throw failure(errno);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call that fills a buffer and returns the length, or -1. */
    @FunctionalInterface
    private interface Filling {
        long fill(Arena arena, MemorySegment errno, MemorySegment path, MemorySegment buffer) throws Throwable;
    }

    /** Read without asking for the size first: the value may have grown by the time of the second call. */
    private Optional<byte[]> read(byte[] path, int quietly, Filling call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = errno(arena);
            MemorySegment file = text(arena, path);
            for (int capacity = FIRST_BUFFER;; capacity *= 4) {
                MemorySegment buffer = arena.allocate(capacity);
                long filled = call.fill(arena, errno, file, buffer);
                if (filled >= 0) {
                    return Optional.of(buffer.asSlice(0, filled).toArray(JAVA_BYTE));
                }
                int error = (int) ERRNO.get(errno, 0L);
                if (error == quietly) {
                    return Optional.empty();
                }
                if (error == ENOENT) {
                    throw new NoSuchFileException(QuotedName.of(path));
                }
                if (error != ERANGE || capacity >= MAX_BUFFER) {
                    throw failure(errno);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the place where a call leaves its error number} */
    private static MemorySegment errno(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    /** {@return the exception for the error in {@code errno}} */
    private IOException failure(MemorySegment errno) throws Throwable {
        return new IOException(text((int) ERRNO.get(errno, 0L)));
    }

    private static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private String text(int error) throws Throwable {
        return ((MemorySegment) errorText.invokeExact(error)).getString(0);
    }
}
