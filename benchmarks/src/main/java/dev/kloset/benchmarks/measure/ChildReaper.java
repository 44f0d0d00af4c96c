package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;

/**
 * Measures processes that outlive their parents, as plugins outlive Plakar, which does not wait for them. This process adopts
 * them, waits for their end and learns what they have used (Linux only).
 */
public final class ChildReaper {

    private static final int CHILD_SUBREAPER = 36;
    private static final int DO_NOT_WAIT = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final MethodHandle PRCTL = SystemFunction.of("prctl",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle WAIT = SystemFunction.of("wait4",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private ChildReaper() {}

    /** Make this process, from now on, adopt all descendants whose parent ends. */
    public static void adopt() throws IOException {
        if (call(() -> (int) PRCTL.invokeExact(CHILD_SUBREAPER, 1L, 0L, 0L, 0L)) != 0) {
            throw new IOException("cannot adopt the processes that Plakar leaves behind");
        }
    }

    /** {@return the children of this process, including dead ones that have not been waited for} */
    public static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    /**
     * Wait until a child has ended, and {@return the processor time of it and its children} No other thread may wait for that
     * child.
     */
    public static double processorSeconds(long pid) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(ValueLayout.JAVA_LONG, 18);
            while (true) {
                int ended = call(() -> (int) WAIT.invokeExact((int) pid, MemorySegment.NULL, DO_NOT_WAIT, usage));
                if (ended == (int) pid) {
                    return seconds(usage, 0) + seconds(usage, 2);
                }
                if (ended < 0) {
                    throw new IOException("process " + pid + " is no child of ours any longer");
                }
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IOException("process " + pid + " has not ended " + PATIENCE.toSeconds()
                            + " s after Plakar, which started it");
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static double seconds(MemorySegment usage, int at) {
        return usage.getAtIndex(ValueLayout.JAVA_LONG, at) + usage.getAtIndex(ValueLayout.JAVA_LONG, at + 1) / 1e6;
    }

    private interface Call {
        int invoke() throws Throwable;
    }

    private static int call(Call call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a function of the system throws nothing", e);
        }
    }
}
