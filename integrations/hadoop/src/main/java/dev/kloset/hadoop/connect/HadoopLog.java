package dev.kloset.hadoop.connect;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes from the log what Hadoop's client says at every start, or in addition to an exception. */
final class HadoopLog {

    // The JDK holds loggers weakly: without these, the levels could go.
    private static final List<Logger> REPEATING = List.of(
            Logger.getLogger("org.apache.hadoop.util.NativeCodeLoader"),
            Logger.getLogger("org.apache.hadoop.ipc.Client"),
            Logger.getLogger("org.apache.hadoop.fs.FileSystem"),
            Logger.getLogger("org.apache.hadoop.io.retry.RetryInvocationHandler"));

    private HadoopLog() {}

    /** Keep repetitions out of the user's sight from now on, unless the user wants to see everything. */
    static void quiet() {
        for (Logger logger : REPEATING) {
            if (!logger.isLoggable(Level.FINE)) {
                logger.setLevel(Level.SEVERE);
            }
        }
    }
}
