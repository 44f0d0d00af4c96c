package dev.kloset.sdk;

import java.util.ResourceBundle;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says that code of a connector has ended the process: the host only sees the end of a pipe. The JDK tells this logger, whose name it
 * has fixed, of every {@code Runtime.exit}, before anything else happens, with the stack of the thread, which may be a virtual one.
 */
record ExitLogger(BooleanSupplier isPlugin, Consumer<String> lines) implements System.Logger {

    /** As the documentation of {@link Runtime#exit} has it. */
    static final String NAME = "java.lang.Runtime";

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
        if (thrown != null && caller != null && !caller.getClassName().equals(Entrypoint.class.getName())) {
            lines.accept("kloset: the connector's code ended the process with System.exit(" + status(thrown) + "), at "
                    + caller);
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
            @Nullable Object @Nullable... parameters) {
        // The JDK gives the stack, and no parameters.
    }

    /** {@return the first line of code that is not the JDK's own} */
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
