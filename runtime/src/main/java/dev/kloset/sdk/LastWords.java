package dev.kloset.sdk;

import dev.kloset.wire.stdio.StandardError;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** What is said of failures that nobody catches. A class of its own, not a lambda: it is made while the plugin starts. */
final class LastWords implements Thread.UncaughtExceptionHandler {

    // Made before it is needed: then there is no memory to make it of.
    private static final byte[] OUT_OF_MEMORY = """
            error: plugin: out of memory, so the plugin ends; give it more with KLOSET_JAVA_OPTS=-Xmx512m in the environment
            """
            .getBytes(StandardCharsets.UTF_8);

    /** As the JVM does for the memory that it counts itself. */
    private static final int STATUS = 3;

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (error instanceof OutOfMemoryError) {
            outOfMemory();
        }
        ImportFailures.uncaught(thread, error);
        ProcessLog.ofThisProcess()
                .event(Level.ERROR, "dev.kloset.sdk", "the thread \"" + thread.getName() + "\" failed", error);
    }

    /** End the process: after an OutOfMemoryError nobody knows which thread is missing. */
    static void outOfMemory() {
        StandardError.write(OUT_OF_MEMORY);
        Runtime.getRuntime().halt(STATUS);
    }
}
