package dev.kloset.files.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers of users and groups on this machine, by name. The same account has different numbers on different machines. Each
 * name may cost a query to a directory server, so answers are cached. Safe for any number of threads.
 */
public final class OwnerNumbers {

    // <errno.h>
    private static final int ERANGE = 34;
    /** The same in struct passwd and struct group: after the pointers to name and password. */
    private static final int NUMBER = 2 * Long.BYTES;
    private static final int STRUCT_BYTES = 128;
    private static final int FIRST_BUFFER = 16 * 1024;
    private static final int MAX_BUFFER = 16 * 1024 * 1024;
    /** With more names than this, asking again is cheaper than remembering. */
    private static final int REMEMBERED = 4096;
    private static final long NO_SUCH_NAME = -1;
    /** Not cached, because the next query may be answered. */
    private static final long UNKNOWN = -2;

    private final boolean byName;
    private final Map<String, Long> users = new ConcurrentHashMap<>();
    private final Map<String, Long> groups = new ConcurrentHashMap<>();

    /**
     * @param byName whether to use names; if not, or if this machine does not know a name, the source's number is used
     */
    public OwnerNumbers(boolean byName) {
        this.byName = byName && SystemCalls.available();
    }

    /** {@return the number here of the user with this {@code name} and {@code number} at the source} Root is always root. */
    public long user(String name, long number) {
        return number(users, "getpwnam_r", name, number);
    }

    /** {@return the number here of the group with this {@code name} and {@code number} at the source} */
    public long group(String name, long number) {
        return number(groups, "getgrnam_r", name, number);
    }

    private long number(Map<String, Long> known, String function, String name, long number) {
        if (!byName || name.isEmpty() || number == 0) {
            return number;
        }
        Long here = known.get(name);
        if (here == null) {
            here = ask(function, name);
            if (here != UNKNOWN && known.size() < REMEMBERED) {
                known.put(name, here);
            }
        }
        // A name must never give a file to root; the number of the source says who owned it.
        return here > 0 ? here : number;
    }

    private static long ask(String function, String name) {
        MemorySegment call = SystemCalls.function(function);
        byte[] text = (name + '\0').getBytes(StandardCharsets.UTF_8);
        for (int size = FIRST_BUFFER; size <= MAX_BUFFER; size *= 8) {
            try (Arena arena = Arena.ofConfined(); NativeBuffer buffer = NativeBuffer.take()) {
                MemorySegment wanted = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
                MemorySegment entry = arena.allocate(STRUCT_BYTES, Long.BYTES);
                MemorySegment found = arena.allocate(Long.BYTES, Long.BYTES);
                MemorySegment strings = arena.allocate(size);
                int error = (int) SystemCalls.call(call, buffer, wanted.address(), entry.address(), strings.address(),
                        size, found.address());
                if (error == 0) {
                    return found.get(ValueLayout.JAVA_LONG, 0) == 0
                            ? NO_SUCH_NAME
                            : Integer.toUnsignedLong(entry.get(ValueLayout.JAVA_INT, NUMBER));
                }
                if (error != ERANGE) {
                    // Some C libraries report a missing name like this, but an unreachable directory server fails in the same
                    // way.
                    return UNKNOWN;
                }
            }
        }
        return UNKNOWN;
    }
}
