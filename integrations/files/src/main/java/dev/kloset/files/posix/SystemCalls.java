package dev.kloset.files.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, all called with one shape: five whole registers in, one out. Java needs some 15 ms of processor
 * time for the first shape and 10 for each further one, and no start-up cache can keep them; a backup of a few files pays all
 * of that.
 *
 * <p>Linux only, on processors that pass integers and addresses in the same way, extended to whole registers, and where a
 * function ignores registers for which it has no parameter. Safe for any number of threads.
 */
final class SystemCalls {

    private SystemCalls() {}

    private static final class Holder {
        static final @Nullable MethodHandle CALL = load();
        static final SymbolLookup LIBRARY = Linker.nativeLinker().defaultLookup();
    }

    /** {@return whether these calls are known here, and allowed} The first call takes some time. */
    static boolean available() {
        return Holder.CALL != null;
    }

    @SuppressWarnings("restricted") // native calls are the purpose of this class
    private static @Nullable MethodHandle load() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        String processor = System.getProperty("os.arch");
        if (!processor.equals("amd64") && !processor.equals("aarch64") && !processor.equals("riscv64")) {
            return null;
        }
        try {
            return Linker.nativeLinker()
                    .downcallHandle(
                            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            Linker.Option.captureCallState("errno"));
        } catch (RuntimeException | LinkageError e) {
            System.getLogger(SystemCalls.class.getName())
                    .log(Level.DEBUG, "system calls cannot be used", e);
            return null;
        }
    }

    /** {@return whether the C library has this function} */
    static boolean has(String function) {
        return available() && Holder.LIBRARY.find(function).isPresent();
    }

    /**
     * {@return the function with this name}
     *
     * @throws NoSuchElementException if the C library has no such function
     */
    static MemorySegment function(String name) {
        return Holder.LIBRARY.findOrThrow(name);
    }

    /** {@return the result of {@code function}; if that is an {@code int}, only the lower half counts} */
    static long call(MemorySegment function, NativeBuffer buffer, long first, long second, long third, long fourth,
            long fifth) {
        MethodHandle handle = Holder.CALL;
        if (handle == null) {
            throw new IllegalStateException("there are no system calls here");
        }
        try {
            return (long) handle.invokeExact(function, buffer.state(), first, second, third, fourth, fifth);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
