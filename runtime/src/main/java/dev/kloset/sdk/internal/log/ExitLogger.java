package dev.kloset.sdk.internal.log;

import java.util.ResourceBundle;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the code of a connector has ended the process: the host only sees the end of a pipe. The JDK logs every {@code
 * Runtime.exit} to this logger, whose name it has fixed, before anything else happens. The event has the stack of the thread,
 * which may be a virtual one.
 */
public record ExitLogger(BooleanSupplier isPlugin, Consumer<String> lines) implements System.Logger {

    /** As documented at {@link Runtime#exit}. */
    static final String NAME = "java.lang.Runtime";

    private static volatile @Nullable Class<?> entrypoint; // of the process: only its exits are not the author's doing

    /** From now on, log each end of the process that {@code runtimesOwn} does not bring about. */
    public static void begin(Class<?> runtimesOwn) {
        entrypoint = runtimesOwn;
    }

    /** {@return whether this process is a plugin, not a test or a tool that has this class} */
    static boolean isPluginProcess() {
        return entrypoint != null;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level == Level.DEBUG && isPlugin.getAsBoolean();
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String message,
            @Nullable Throwable thrown) {
        StackTraceElement caller = thrown == null ? null : caller(thrown.getStackTrace());
        if (thrown != null && caller != null && !isOfTheRuntime(caller)) {
            lines.accept("kloset: the connector's code ended the process with System.exit(" + status(thrown) + "), at "
                    + caller);
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
            @Nullable Object @Nullable... parameters) {
        // The JDK passes the stack, and no parameters.
    }

    private static boolean isOfTheRuntime(StackTraceElement caller) {
        Class<?> own = entrypoint;
        return own != null && caller.getClassName().equals(own.getName());
    }

    /** {@return the first line of code that is not the JDK's} */
    private static @Nullable StackTraceElement caller(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return frame;
            }
        }
        return null;
    }

    /** {@return the digits of {@code Runtime.exit(3)}} */
    private static String status(Throwable thrown) {
        String message = thrown.getMessage();
        int from = message == null ? -1 : message.indexOf('(');
        int to = message == null ? -1 : message.indexOf(')', from + 1);
        return message == null || from < 0 || to < 0 ? "" : message.substring(from + 1, to);
    }
}
