package dev.kloset.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads extended attributes by {@link SystemCalls}, and never follows a symbolic link. For any number of threads. */
final class XattrLinux {

    // <errno.h>
    private static final int ERANGE = 34;
    private static final int EOPNOTSUPP = 95;
    private static final int ENAMETOOLONG = 36;

    private static final int FIRST_BUFFER = 1024;
    private static final int MAX_BUFFER = 256 * 1024 * 1024;
    private static final int MAX_ERROR_TEXT = 256;
    private static final byte[] NOTHING = {};

    private static final MemorySegment LIST = SystemCalls.function("llistxattr");
    private static final MemorySegment GET = SystemCalls.function("lgetxattr");

    private XattrLinux() {}

    /** {@return the names, each with a zero behind it; nothing if the file system has no attributes} */
    static byte[] list(byte[] path) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, NOTHING, EOPNOTSUPP);
        }
    }

    /** {@return the value of one attribute} */
    static byte[] value(byte[] path, byte[] name) throws IOException {
        try (NativeBuffer buffer = NativeBuffer.take()) {
            return answer(buffer, path, name, 0);
        }
    }

    /** The size is not asked for first: it may have grown by the time of the second call. */
    private static byte[] answer(NativeBuffer buffer, byte[] path, byte[] name, int quietly) throws IOException {
        if (!buffer.fits(FIRST_BUFFER + path.length + name.length + 2 * Long.BYTES)) {
            throw new IOException(text(buffer, ENAMETOOLONG));
        }
        long file = buffer.address(buffer.text(path));
        long attribute = name.length == 0 ? 0 : buffer.address(buffer.text(name));
        int place = buffer.room(FIRST_BUFFER);
        long filled = fill(buffer, file, attribute, buffer.address(place), FIRST_BUFFER);
        if (filled >= 0) {
            return filled == 0 ? NOTHING : buffer.copy(place, (int) filled);
        }
        if (buffer.errno() == quietly) {
            return NOTHING;
        }
        return larger(buffer, file, attribute);
    }

    private static byte[] larger(NativeBuffer buffer, long file, long attribute) throws IOException {
        for (int capacity = 4 * FIRST_BUFFER; buffer.errno() == ERANGE && capacity <= MAX_BUFFER; capacity *= 4) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(capacity);
                long filled = fill(buffer, file, attribute, memory.address(), capacity);
                if (filled >= 0) {
                    return memory.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
                }
            }
        }
        throw new IOException(text(buffer, buffer.errno()));
    }

    private static long fill(NativeBuffer buffer, long file, long attribute, long target, int capacity) {
        return attribute == 0
                ? SystemCalls.call(LIST, buffer, file, target, capacity, 0, 0)
                : SystemCalls.call(GET, buffer, file, attribute, target, capacity, 0);
    }

    /** {@return what the system says of this error} */
    @SuppressWarnings("restricted") // Such a text is far shorter.
    private static String text(NativeBuffer buffer, int error) {
        long address = SystemCalls.call(SystemCalls.function("strerror"), buffer, error, 0, 0, 0, 0);
        return MemorySegment.ofAddress(address).reinterpret(MAX_ERROR_TEXT).getString(0);
    }
}
