package dev.kloset.benchmarks;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Functions of the operating system's C library. */
final class SystemFunction {

    private SystemFunction() {}

    /** {@return the function of this name} There must be one. */
    @SuppressWarnings("restricted") // The script allows it.
    static MethodHandle of(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
