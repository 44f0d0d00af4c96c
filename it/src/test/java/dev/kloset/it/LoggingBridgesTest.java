package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Libraries that log through java.util.logging, or through SLF4J and Log4j 2 with the bridges of the guide, obey KLOSET_LOG,
 * and log no secrets.
 */
@Timeout(120)
class LoggingBridgesTest {

    private static final List<String> WAYS = List.of("JUL", "SLF4J", "Log4j");

    @TempDir
    Path directory = Path.of("");

    /** A plugin whose libraries log in all ways, at all levels. */
    static final class LoggingPlugin {

        private LoggingPlugin() {}

        public static void main(String[] args) {
            Entrypoint.run(args, Plugin.builder("logging").importer("shelf", LoggingPlugin::importer).build());
        }

        private static Importer importer(ConnectorContext context) throws IOException {
            String password = context.config().required("access_password");
            IOException refused = new IOException("refused: " + password);
            Logger jul = Logger.getLogger("library.jul");
            jul.log(Level.SEVERE, "JUL error with " + password, refused);
            jul.log(Level.WARNING, "JUL warning with {0}", password);
            jul.info("JUL info with " + password);
            jul.fine("JUL debug with " + password);
            org.slf4j.Logger slf4j = LoggerFactory.getLogger("library.slf4j");
            slf4j.error("SLF4J error with {}", password, refused);
            slf4j.warn("SLF4J warning with {}", password);
            slf4j.info("SLF4J info with {}", password);
            slf4j.debug("SLF4J debug with {}", password);
            org.apache.logging.log4j.Logger log4j = LogManager.getLogger("library.log4j");
            log4j.error("Log4j error with {}", password, refused);
            log4j.warn("Log4j warning with {}", password);
            log4j.info("Log4j info with {}", password);
            log4j.debug("Log4j debug with {}", password);
            throw new IOException("that is all");
        }
    }

    private List<String> log(Map<String, String> environment) throws IOException, InterruptedException {
        ShelfProcess plugin = new ShelfProcess(directory, LoggingPlugin.class, "log4j-core");
        plugin.failure(ShelfProcess.settings("shelf://joe@host/x"), environment, importer -> {});
        List<String> lines = plugin.errors();
        assertThat(lines).noneMatch(line -> line.contains(ShelfProcess.PASSWORD));
        return lines;
    }

    private static void assertHas(List<String> lines, List<String> levels, List<String> others) {
        for (String way : WAYS) {
            for (String level : levels) {
                assertThat(lines).as(way)
                        .anyMatch(line -> line.startsWith(level + ": shelf importer: " + way + " " + level
                                + " with ***"));
            }
            for (String level : others) {
                assertThat(lines).as(way).noneMatch(line -> line.contains(way + " " + level));
            }
        }
    }

    @Test
    void warningsAndErrorsAreShownUnlessTheUserWantsMore() throws Exception {
        List<String> lines = log(Map.of());
        assertHas(lines, List.of("error", "warning"), List.of("info", "debug"));
        assertThat(lines).hasSize(2 * WAYS.size())
                .filteredOn(line -> line.startsWith("error"))
                .allSatisfy(line -> assertThat(line).endsWith("with ***: refused: ***"));
    }

    @Test
    void theLevelIsThatOfTheEnvironment() throws Exception {
        assertHas(log(Map.of("KLOSET_LOG", "error")), List.of("error"), List.of("warning", "info", "debug"));
        assertHas(log(Map.of("KLOSET_LOG", "info")), List.of("error", "warning", "info"), List.of("debug"));
        assertHas(log(Map.of("KLOSET_LOG", "debug")), List.of("error", "warning", "info", "debug"), List.of());
    }

    @Test
    void theNameOfTheLoggerIsThatOfTheLibrary() throws Exception {
        List<String> lines = log(Map.of("KLOSET_LOG_FORMAT", "json"));
        for (String way : WAYS) {
            assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("{\"time\":")
                    .contains("\"level\":\"error\"", "\"logger\":\"library." + way.toLowerCase(Locale.ROOT)
                            + "\"", way + " error with ***"));
        }
    }
}
