package dev.kloset.files;

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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system's calls for extended attributes, which never follow a symbolic link. Java itself shows only one namespace of
 * them.
 */
final class XattrCalls {

    // <errno.h>; both systems agree on ERANGE.
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

    private final MethodHandle list;
    private final MethodHandle get;
    private final MethodHandle errorText;
    private final int notSupported;

    private XattrCalls(MethodHandle list, MethodHandle get, MethodHandle errorText, int notSupported) {
        this.list = list;
        this.get = get;
        this.errorText = errorText;
        this.notSupported = notSupported;
    }

    /** Holds the calls. Its first use costs some 50 ms, so there must be a file that needs them. */
    static final class Lazy {

        static final @Nullable XattrCalls CALLS = load();

        private Lazy() {}

        private static @Nullable XattrCalls load() {
            try {
                return switch (System.getProperty("os.name")) {
                    case "Linux" -> linux();
                    case "Mac OS X" -> macos();
                    default -> null;
                };
            } catch (RuntimeException | LinkageError e) {
                // Native access is forbidden, or this C library has no such function: no attributes then.
                return null;
            }
        }
    }

    private static XattrCalls linux() {
        MethodHandle list = call("llistxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
        MethodHandle get = call("lgetxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
        return new XattrCalls(list, get, errorText(), LINUX_EOPNOTSUPP);
    }

    private static XattrCalls macos() {
        MethodHandle list = call("listxattr",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
        MethodHandle get = call("getxattr",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
        // Behind the captured errno and the parameters that Linux has: position 0, and the option.
        return new XattrCalls(MethodHandles.insertArguments(list, 4, MACOS_XATTR_NOFOLLOW),
                MethodHandles.insertArguments(get, 5, 0, MACOS_XATTR_NOFOLLOW), errorText(), MACOS_ENOTSUP);
    }

    @SuppressWarnings("restricted") // Native calls are what this class is for.
    static MethodHandle call(String name, FunctionDescriptor type) {
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

    /** {@return the names of all attributes, each with a zero behind it; nothing if the file system has no attributes} */
    byte[] list(byte[] path) throws IOException {
        return read(path, notSupported, (arena, errno, file, buffer) -> (long) list.invokeExact(errno, file, buffer,
                buffer.byteSize())).orElse(new byte[0]);
    }

    /** {@return the value of one attribute} */
    byte[] value(byte[] path, byte[] name) throws IOException {
        return read(path, 0, (arena, errno, file, buffer) -> (long) get.invokeExact(errno, file, text(arena, name),
                buffer, buffer.byteSize())).orElseThrow();
    }

    /** A call that fills a buffer, and answers how far or -1. */
    @FunctionalInterface
    private interface Filling {
        long fill(Arena arena, MemorySegment errno, MemorySegment path, MemorySegment buffer) throws Throwable;
    }

    /** The size is not asked for first: it may have grown by the time of the second call. */
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

    /** {@return where a call leaves the number of its error} */
    static MemorySegment errno(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    /** {@return what the system says of the error in {@code errno}} */
    IOException failure(MemorySegment errno) throws Throwable {
        return new IOException(text((int) ERRNO.get(errno, 0L)));
    }

    static MemorySegment text(Arena arena, byte[] bytes) {
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    private String text(int error) throws Throwable {
        return ((MemorySegment) errorText.invokeExact(error)).getString(0);
    }
}
