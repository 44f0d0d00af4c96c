package dev.kloset.sdk;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Map;

/**
 * What the user wants to read, from the environment: {@code KLOSET_LOG} is a level, {@code KLOSET_LOG_FORMAT} may be
 * {@code json}. A setting of the connector would have to be declared, stored and sent by every host; the environment reaches
 * a plugin unchanged.
 */
record LogSettings(Level level, boolean json) {

    static LogSettings of(Map<String, String> environment) {
        return new LogSettings(level(environment.getOrDefault("KLOSET_LOG", "")),
                environment.getOrDefault("KLOSET_LOG_FORMAT", "").equalsIgnoreCase("json"));
    }

    /** {@return the level of a word; a word that is none is no reason to be silent} */
    private static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "off" -> Level.OFF;
            case "error" -> Level.ERROR;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace", "all" -> Level.TRACE;
            default -> Level.WARNING;
        };
    }

    boolean shows(Level asked) {
        return asked != Level.OFF && asked.getSeverity() >= level.getSeverity();
    }

    /** {@return whether the user is looking for a mistake: then stacks are shown and nothing is left out} */
    boolean showsAll() {
        return shows(Level.DEBUG);
    }
}
