package dev.kloset.schedules;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Runs Java code from within the C library's qsort. A thread there cannot leave its processor, whatever it waits for. */
@SuppressWarnings("restricted")
final class UpCall {

    private static final ValueLayout.OfLong SIZE = ValueLayout.JAVA_LONG;
    private static final MethodHandle QSORT = Linker.nativeLinker()
            .downcallHandle(Linker.nativeLinker().defaultLookup().find("qsort").orElseThrow(),
                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, SIZE, SIZE, ValueLayout.ADDRESS));

    private final Stage.Work work;
    private @Nullable Throwable failure;
    private boolean done;

    private UpCall(Stage.Work work) {
        this.work = work;
    }

    /** Run {@code work} once, called from native code. */
    static void run(Stage.Work work) throws IOException, InterruptedException {
        UpCall call = new UpCall(work);
        call.sort();
        switch (call.failure) {
            case null -> {
                // The work succeeded.
            }
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void sort() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle compare = MethodHandles.lookup()
                    .bind(this, "compare",
                            MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
            MemorySegment stub = Linker.nativeLinker()
                    .upcallStub(compare,
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                            arena);
            QSORT.invokeExact(arena.allocate(8), 2L, 4L, stub);
        } catch (Throwable e) {
            throw new IllegalStateException("qsort cannot be called", e);
        }
    }

    /** Must not throw into native code: that would end the process. */
    @SuppressWarnings({ "UnusedMethod", "UnusedVariable" }) // called by qsort
    private int compare(MemorySegment one, MemorySegment other) {
        if (!done) {
            done = true;
            try {
                work.run();
            } catch (Throwable e) {
                failure = e;
            }
        }
        return 0;
    }
}
