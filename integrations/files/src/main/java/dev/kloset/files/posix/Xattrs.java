package dev.kloset.files.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes of all namespaces that the system shows to this user, of what a path names or leads to. What is open has a path
 * too, {@link SourceCalls#nameOf}, which must be followed. By {@link SystemCalls}, and where those are not known by {@link XattrCalls}. For any
 * number of threads.
 */
public final class Xattrs {

    // <errno.h>
    private static final int ERANGE = 34;

    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_BUFFER = 256 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private static final class Reading {
        private static final MemorySegment LIST = SystemCalls.function("llistxattr");
        private static final MemorySegment GET = SystemCalls.function("lgetxattr");
        private static final MemorySegment LIST_FOLLOWING = SystemCalls.function("listxattr");
        private static final MemorySegment GET_FOLLOWING = SystemCalls.function("getxattr");

        private Reading() {}
    }

    /** Apart from those that read: a backup does not pay for these. */
    private static final class Writing {
        private static final MemorySegment SET = SystemCalls.function("lsetxattr");
        private static final MemorySegment SET_FOLLOWING = SystemCalls.function("setxattr");
        private static final MemorySegment REMOVE_FOLLOWING = SystemCalls.function("removexattr");

        private Writing() {}
    }

    private Xattrs() {}

    /** {@return the names, each with a zero behind it; nothing if the file system, or this process, has no attributes} */
    public static byte[] list(byte[] path, boolean follow) throws IOException {
        if (!SystemCalls.available()) {
            XattrCalls calls = XattrCalls.of(follow);
            return calls == null ? NOTHING : calls.list(path);
        }
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, NOTHING, follow, Errno.EOPNOTSUPP);
        }
    }

    /** {@return the value of one attribute} */
    public static byte[] value(byte[] path, byte[] name, boolean follow) throws IOException {
        if (!SystemCalls.available()) {
            XattrCalls calls = XattrCalls.of(follow);
            if (calls == null) {
                throw new IOException("this process cannot read extended attributes");
            }
            return calls.value(path, name);
        }
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, name, follow, 0);
        }
    }

    /** {@return whether what {@code path} leads to has this attribute} Only with {@link SystemCalls}. */
    public static boolean has(byte[] path, String name) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long file = buffer.address(buffer.text(path));
            long attribute = buffer.address(buffer.text(name.getBytes(StandardCharsets.US_ASCII)));
            return fill(buffer, file, attribute, true, 0, 0) > 0;
        }
    }

    /** Set an attribute. */
    public static void set(byte[] path, boolean follow, String name, byte[] value) throws IOException {
        byte[] attribute = name.getBytes(StandardCharsets.UTF_8);
        if (!SystemCalls.available()) {
            XattrCalls calls = XattrCalls.of(follow);
            if (calls == null) {
                throw new IOException("this process cannot set extended attributes");
            }
            calls.set(path, attribute, value);
            return;
        }
        try (NativeBuffer buffer = NativeBuffer.take(); Arena arena = Arena.ofConfined()) {
            requireRoom(buffer, path, attribute, 0);
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            bytes.asByteBuffer().put(value);
            long failed = SystemCalls.call(follow ? Writing.SET_FOLLOWING : Writing.SET, buffer,
                    buffer.address(buffer.text(path)), buffer.address(buffer.text(attribute)), bytes.address(),
                    value.length, 0);
            if ((int) failed != 0) {
                throw new IOException(Errno.wordsOfSystem(buffer.errno()));
            }
        }
    }

    /** Remove an attribute of what {@code path} leads to, if it has it. Only with {@link SystemCalls}. */
    public static void remove(byte[] path, String name) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long file = buffer.address(buffer.text(path));
            long attribute = buffer.address(buffer.text(name.getBytes(StandardCharsets.US_ASCII)));
            // Most often it has none, or its file system none at all.
            SystemCalls.call(Writing.REMOVE_FOLLOWING, buffer, file, attribute, 0, 0, 0);
        }
    }

    private static void requireRoom(NativeBuffer buffer, byte[] path, byte[] name, int more) throws IOException {
        if (!buffer.fits(more + path.length + name.length + 2 * Long.BYTES)) {
            throw failure(Errno.ENAMETOOLONG, path);
        }
    }

    /** The size is not asked for first: it may have grown by the time of the second call. */
    private static byte[] answer(NativeBuffer buffer, byte[] path, byte[] name, boolean follow, int quietly)
            throws IOException {
        requireRoom(buffer, path, name, FIRST_BUFFER);
        long file = buffer.address(buffer.text(path));
        long attribute = name.length == 0 ? 0 : buffer.address(buffer.text(name));
        int place = buffer.room(FIRST_BUFFER);
        long filled = fill(buffer, file, attribute, follow, buffer.address(place), FIRST_BUFFER);
        if (filled >= 0) {
            return filled == 0 ? NOTHING : buffer.copy(place, (int) filled);
        }
        if (buffer.errno() == quietly) {
            return NOTHING;
        }
        byte[] larger = larger(buffer, file, attribute, follow);
        if (larger == null) {
            throw failure(buffer.errno(), path);
        }
        return larger;
    }

    private static byte @Nullable [] larger(NativeBuffer buffer, long file, long attribute, boolean follow) {
        for (int capacity = 4 * FIRST_BUFFER; buffer.errno() == ERANGE && capacity <= MAX_BUFFER; capacity *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(capacity);
                long filled = fill(buffer, file, attribute, follow, memory.address(), capacity);
                if (filled >= 0) {
                    return memory.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
                }
            }
        }
        return null;
    }

    private static IOException failure(int errno, byte[] path) {
        return Errno.failure(errno, QuotedName.of(path));
    }

    private static long fill(NativeBuffer buffer, long file, long attribute, boolean follow, long target,
            int capacity) {
        return attribute == 0
                ? SystemCalls.call(follow ? Reading.LIST_FOLLOWING : Reading.LIST, buffer, file, target, capacity, 0, 0)
                : SystemCalls.call(follow ? Reading.GET_FOLLOWING : Reading.GET, buffer, file, attribute, target,
                        capacity, 0);
    }
}
