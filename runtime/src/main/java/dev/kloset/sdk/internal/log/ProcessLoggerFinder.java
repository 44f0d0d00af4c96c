package dev.kloset.sdk.internal.log;

import dev.kloset.wire.stdio.StandardError;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link System.Logger} write to the plugin's log. The JDK finds it through {@code META-INF/services} when the first logger
 * is requested, so a plugin that logs nothing pays nothing.
 */
public final class ProcessLoggerFinder extends System.LoggerFinder {

    /** For the JDK. */
    public ProcessLoggerFinder() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return name.equals(ExitLogger.NAME)
                ? new ExitLogger(ExitLogger::isPluginProcess, line -> StandardError.forPeople().println(line))
                : new ProcessLogger(name, ProcessLog.ofThisProcess());
    }

    /** One name under which code logs. */
    record ProcessLogger(String name, ProcessLog log) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return log.shows(level, name);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String message,
                @Nullable Throwable thrown) {
            log.event(level, name, translated(bundle, message), thrown);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format,
                @Nullable Object @Nullable... parameters) {
            if (isLoggable(level)) {
                log.event(level, name, formatted(translated(bundle, format), parameters), null);
            }
        }

        private static @Nullable String translated(@Nullable ResourceBundle bundle, @Nullable String key) {
            return bundle != null && key != null && bundle.containsKey(key) ? bundle.getString(key) : key;
        }

        /** An invalid pattern is still something to read. */
        private static @Nullable String formatted(@Nullable String format, @Nullable Object @Nullable [] parameters) {
            if (format == null || parameters == null || parameters.length == 0) {
                return format;
            }
            try {
                return java.text.MessageFormat.format(format, parameters);
            } catch (IllegalArgumentException e) {
                return format;
            }
        }
    }
}
