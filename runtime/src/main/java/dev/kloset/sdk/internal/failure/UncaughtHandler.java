package dev.kloset.sdk.internal.failure;

import dev.kloset.sdk.internal.log.ProcessLog;
import dev.kloset.wire.stdio.StandardError;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** Reports failures that no code catches. A class of its own, not a lambda, because it is made while the plugin starts. */
public final class UncaughtHandler implements Thread.UncaughtExceptionHandler {

    // Made before they are needed: when they are, there is no memory left.
    private static final byte[] OUT_OF_MEMORY = """
            error: plugin: out of memory, so the plugin ends; give it more with KLOSET_JAVA_OPTS=-Xmx512m in the environment
            """
            .getBytes(StandardCharsets.UTF_8);
    private static final byte[] OUT_OF_THREADS = """
            error: plugin: the system refuses another thread, so the plugin ends; raise the limit of processes (ulimit -u, \
            pids of the container) or of address space (ulimit -v)
            """
            .getBytes(StandardCharsets.UTF_8);

    /** The status with which the JVM ends when the memory that it counts itself runs out. */
    private static final int STATUS = 3;

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (error instanceof OutOfMemoryError outOfMemory) {
            end(outOfMemory);
        }
        ImportFailures.uncaught(thread, error);
        ProcessLog.ofThisProcess()
                .event(Level.ERROR, "dev.kloset.sdk", "the thread \"" + thread.getName() + "\" failed", error);
    }

    /** End the process: after an OutOfMemoryError any thread may be missing. */
    public static void end(OutOfMemoryError error) {
        StandardError.write(isOfThreads(error) ? OUT_OF_THREADS : OUT_OF_MEMORY);
        Runtime.getRuntime().halt(STATUS);
    }

    // The JVM has one class for both. More heap would leave even less room for threads.
    private static boolean isOfThreads(OutOfMemoryError error) {
        String message = error.getMessage();
        return message != null && message.contains("native thread");
    }
}
