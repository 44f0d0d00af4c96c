package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** What another process has used so far, as the operating system reports it (Linux only). */
public final class Usage {

    private static final int CPU_CLOCK_OF_ALL_THREADS = 2;

    private static final MethodHandle CLOCK = SystemFunction.of("clock_gettime",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private Usage() {}

    /** {@return the processor time of a living process, including threads that have ended, in milliseconds} */
    public static double processorMillis(long pid) throws IOException {
        // Computed like clock_getcpuclockid(3); /proc has the same value only in steps of 10 ms.
        int clock = ~(int) pid << 3 | CPU_CLOCK_OF_ALL_THREADS;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            if ((int) CLOCK.invokeExact(clock, time) != 0) {
                throw new IOException("cannot read the processor time of process " + pid + ": it has ended");
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1e3 + time.getAtIndex(ValueLayout.JAVA_LONG, 1) / 1e6;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime throws nothing", e);
        }
    }

    /** {@return resident memory now, in MiB} */
    public static double residentMebibytes(long pid) throws IOException {
        return status(pid, "VmRSS:");
    }

    /** {@return the most resident memory so far, in MiB} */
    static double peakMebibytes(long pid) throws IOException {
        return status(pid, "VmHWM:");
    }

    private static double status(long pid, String key) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                .stream()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " no longer has " + key));
    }
}
