package dev.kloset.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Reads extended attributes by {@link SystemCalls}. For any number of threads. */
final class XattrLinux {

    // <errno.h>
    private static final int ERANGE = 34;

    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_BUFFER = 256 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private static final MemorySegment LIST = SystemCalls.function("llistxattr");
    private static final MemorySegment GET = SystemCalls.function("lgetxattr");
    private static final MemorySegment LIST_FOLLOWING = SystemCalls.function("listxattr");
    private static final MemorySegment GET_FOLLOWING = SystemCalls.function("getxattr");

    private XattrLinux() {}

    /** {@return the names, each with a zero behind it; nothing if the file system has no attributes} */
    static byte[] list(byte[] path, boolean follow) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, NOTHING, follow, Errno.EOPNOTSUPP);
        }
    }

    /** {@return the value of one attribute} */
    static byte[] value(byte[] path, byte[] name, boolean follow) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, name, follow, 0);
        }
    }

    /** {@return whether what {@code path} leads to has this attribute} */
    static boolean has(byte[] path, String name) {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            long file = buffer.address(buffer.text(path));
            long attribute = buffer.address(buffer.text(name.getBytes(StandardCharsets.US_ASCII)));
            return fill(buffer, file, attribute, true, 0, 0) > 0;
        }
    }

    /** The size is not asked for first: it may have grown by the time of the second call. */
    private static byte[] answer(NativeBuffer buffer, byte[] path, byte[] name, boolean follow, int quietly)
            throws IOException {
        if (!buffer.fits(FIRST_BUFFER + path.length + name.length + 2 * Long.BYTES)) {
            throw new IOException(Errno.words(Errno.ENAMETOOLONG));
        }
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
        return larger(buffer, file, attribute, follow);
    }

    private static byte[] larger(NativeBuffer buffer, long file, long attribute, boolean follow) throws IOException {
        for (int capacity = 4 * FIRST_BUFFER; buffer.errno() == ERANGE && capacity <= MAX_BUFFER; capacity *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(capacity);
                long filled = fill(buffer, file, attribute, follow, memory.address(), capacity);
                if (filled >= 0) {
                    return memory.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
                }
            }
        }
        throw new IOException(Errno.words(buffer.errno()));
    }

    private static long fill(NativeBuffer buffer, long file, long attribute, boolean follow, long target,
            int capacity) {
        return attribute == 0
                ? SystemCalls.call(follow ? LIST_FOLLOWING : LIST, buffer, file, target, capacity, 0, 0)
                : SystemCalls.call(follow ? GET_FOLLOWING : GET, buffer, file, attribute, target, capacity, 0);
    }
}
