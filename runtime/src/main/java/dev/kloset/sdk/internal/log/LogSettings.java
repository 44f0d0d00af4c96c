package dev.kloset.sdk.internal.log;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants to read, from the environment: {@code KLOSET_LOG} is a level, {@code KLOSET_LOG_FORMAT} may be {@code
 * json}. A setting of the connector would have to be declared, stored and sent by every host; the environment reaches a plugin
 * unchanged.
 */
record LogSettings(Level level, boolean json) {

    static final String LEVEL = "KLOSET_LOG";
    private static final String FORMAT = "KLOSET_LOG_FORMAT";

    static LogSettings of(Map<String, String> environment) {
        Level level = level(environment.getOrDefault(LEVEL, ""));
        return new LogSettings(level == null ? Level.WARNING : level,
                environment.getOrDefault(FORMAT, "").equalsIgnoreCase("json"));
    }

    /** {@return what is wrong with the environment, as a sentence; null if nothing is} In most starts nothing is. */
    static @Nullable String mistake(Map<String, String> environment) {
        String level = environment.getOrDefault(LEVEL, "");
        if (!level.isEmpty() && level(level) == null) {
            return LEVEL + " is \"" + level
                    + "\" but must be off, error, warning, info, debug or trace; using warning";
        }
        String format = environment.getOrDefault(FORMAT, "");
        return format.isEmpty() || format.equalsIgnoreCase("json") || format.equalsIgnoreCase("text")
                ? null
                : FORMAT + " is \"" + format + "\" but must be text or json; using text";
    }

    /** {@return the level that a word names; null for any other word: a mistake must not silence the log} */
    private static @Nullable Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "off" -> Level.OFF;
            case "error" -> Level.ERROR;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace", "all" -> Level.TRACE;
            default -> null;
        };
    }

    /**
     * {@return whether an event of this logger is for the user} The JDK's own debug messages, such as the stack of every {@code
     * ProcessBuilder.start}, are for users who want to see everything.
     */
    boolean shows(Level asked, String logger) {
        return shows(asked) && (asked.getSeverity() >= Level.WARNING.getSeverity() || shows(Level.TRACE)
                || !isOfTheJdk(logger));
    }

    private static boolean isOfTheJdk(String logger) {
        return logger.startsWith("java.") || logger.startsWith("jdk.") || logger.startsWith("sun.");
    }

    boolean shows(Level asked) {
        return asked != Level.OFF && asked.getSeverity() >= level.getSeverity();
    }

    /** {@return whether the user is looking for a mistake: then the log shows stacks and leaves nothing out} */
    boolean showsAll() {
        return shows(Level.DEBUG);
    }
}
