package dev.kloset.benchmarks.measure;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Functions of the operating system's C library. */
final class SystemFunction {

    private SystemFunction() {}

    /** {@return the function with this name, which must exist} */
    @SuppressWarnings("restricted") // the script that starts this program allows it
    static MethodHandle of(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }
}
