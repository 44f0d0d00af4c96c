package dev.kloset.sdk.internal.log;

import java.lang.System.Logger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Receives the events of java.util.logging. */
public final class JulHandler extends Handler {

    /** For the JDK, which finds the name in the configuration. */
    public JulHandler() {}

    @Override
    public void publish(LogRecord record) {
        ProcessLog.ofThisProcess()
                .event(level(record.getLevel()), String.valueOf(record.getLoggerName()),
                        new SimpleFormatter().formatMessage(record), record.getThrown());
    }

    private static Logger.Level level(Level level) {
        int value = level.intValue();
        return value >= Level.SEVERE.intValue()
                ? Logger.Level.ERROR
                : value >= Level.WARNING.intValue()
                        ? Logger.Level.WARNING
                        : value >= Level.INFO.intValue()
                                ? Logger.Level.INFO
                                : value >= Level.FINE.intValue() ? Logger.Level.DEBUG : Logger.Level.TRACE;
    }

    @Override
    public void flush() {
        // Every line is written at once.
    }

    @Override
    public void close() {
        // Standard error stays open.
    }
}
