package dev.kloset.sdk.internal.log;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Leads java.util.logging, and what ends in it such as slf4j-jdk14, into the plugin's log. The JDK makes one when the first such
 * logger is requested, and loads java.util.logging only then.
 */
public final class JulBridge {

    /** For the JDK. */
    public JulBridge() throws IOException {
        String properties = "handlers=" + JulHandler.class.getName() + "\n.level=" + level() + "\n";
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Let {@code java.util.logging} find this class, unless the user has configured something else. */
    public static void offer() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            System.setProperty("java.util.logging.config.class", JulBridge.class.getName());
        }
    }

    private static String level() {
        ProcessLog log = ProcessLog.ofThisProcess();
        return log.shows(Level.TRACE)
                ? "ALL"
                : log.shows(Level.DEBUG)
                        ? "FINE"
                        : log.shows(Level.INFO)
                                ? "INFO"
                                : "WARNING";
    }
}
