package dev.kloset.wire.stdio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The only system call that this module makes by itself, because Java does not offer it. Linux only. */
final class PipeSize {

    /** Enough for neither end to wait for the other, and still within the processor's cache. */
    static final int BYTES = 256 * 1024;

    // <linux/fcntl.h>
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;

    private PipeSize() {}

    /** Let the pipe hold {@link #BYTES}, unless it holds more already or this is not possible: then it stays as it is. */
    static void enlarge(int descriptor) {
        // Without permission the JVM would complain on standard error.
        if (!System.getProperty("os.name").equals("Linux") || !PipeSize.class.getModule().isNativeAccessEnabled()) {
            return;
        }
        try {
            MethodHandle fcntl = fcntl();
            int size = (int) fcntl.invokeExact(descriptor, F_GETPIPE_SZ, 0);
            if (size > 0 && size < BYTES) {
                int ignored = (int) fcntl.invokeExact(descriptor, F_SETPIPE_SZ, BYTES);
            }
        } catch (Throwable e) {
            System.getLogger(PipeSize.class.getName())
                    .log(System.Logger.Level.DEBUG, "pipes stay as small as they are", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle fcntl() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("fcntl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    }
}
