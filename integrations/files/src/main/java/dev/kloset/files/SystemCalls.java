package dev.kloset.files;

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
 * Functions of the C library, all called through one shape: five whole registers in, one out. Java needs some 15 ms of
 * processor time for the first shape and 10 for each further one, and no start-up cache can keep them; a backup of a
 * few files pays that in full.
 *
 * <p>Linux only, on processors whose integers and addresses travel alike, extended to whole registers, and where a function
 * does not look at registers that it has no parameter for. For any number of threads.
 */
final class SystemCalls {

    private SystemCalls() {}

    private static final class Holder {
        static final @Nullable MethodHandle CALL = load();
        static final SymbolLookup LIBRARY = Linker.nativeLinker().defaultLookup();
    }

    /** {@return whether these calls are known here, and allowed} The first question takes its time. */
    static boolean available() {
        return Holder.CALL != null;
    }

    @SuppressWarnings("restricted") // Native calls are what this class is for.
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
     * {@return the function of this name}
     *
     * @throws NoSuchElementException if the C library has none
     */
    static MemorySegment function(String name) {
        return Holder.LIBRARY.findOrThrow(name);
    }

    /** {@return what {@code function} answers; if that is an {@code int}, only the lower half counts} */
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
