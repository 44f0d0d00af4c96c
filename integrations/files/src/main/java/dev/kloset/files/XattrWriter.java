package dev.kloset.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sets extended attributes of all namespaces that the system lets this user set. Safe for any number of threads. */
final class XattrWriter {

    // <sys/xattr.h> of macOS.
    private static final int MACOS_XATTR_NOFOLLOW = 1;

    private final XattrCalls calls;
    private final MethodHandle following;
    private final MethodHandle notFollowing;

    private XattrWriter(XattrCalls calls, MethodHandle following, MethodHandle notFollowing) {
        this.calls = calls;
        this.following = following;
        this.notFollowing = notFollowing;
    }

    /** Apart from the calls that read: a backup does not pay for these. */
    private static final class Lazy {

        static final @Nullable XattrWriter WRITER = load();

        private Lazy() {}

        private static @Nullable XattrWriter load() {
            XattrCalls calls = XattrCalls.Lazy.CALLS;
            try {
                return calls == null ? null : load(calls);
            } catch (RuntimeException | LinkageError e) {
                return null;
            }
        }

        private static XattrWriter load(XattrCalls calls) {
            // Behind the captured errno and the parameters that both systems have: flags, or position and options.
            if (System.getProperty("os.name").equals("Linux")) {
                var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
                return new XattrWriter(calls, MethodHandles.insertArguments(XattrCalls.call("setxattr", type), 5, 0),
                        MethodHandles.insertArguments(XattrCalls.call("lsetxattr", type), 5, 0));
            }
            MethodHandle set = XattrCalls.call("setxattr",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
            return new XattrWriter(calls, MethodHandles.insertArguments(set, 5, 0, 0),
                    MethodHandles.insertArguments(set, 5, 0, MACOS_XATTR_NOFOLLOW));
        }
    }

    /** Set an attribute of what {@code path} names, itself if it is a symbolic link that is not to be followed. */
    static void set(Path path, boolean follow, String name, byte[] value) throws IOException {
        XattrWriter writer = Lazy.WRITER;
        if (writer == null) {
            throw new IOException("this process cannot set extended attributes");
        }
        writer.set(follow ? writer.following : writer.notFollowing, WalkName.bytes(path), name, value);
    }

    private void set(MethodHandle call, byte[] path, String name, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = XattrCalls.errno(arena);
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
            int answer = (int) call.invokeExact(errno, XattrCalls.text(arena, path),
                    XattrCalls.text(arena, name.getBytes(StandardCharsets.UTF_8)), bytes, (long) value.length);
            if (answer != 0) {
                throw calls.failure(errno);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
