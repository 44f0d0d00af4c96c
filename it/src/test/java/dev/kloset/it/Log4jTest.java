package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A library with its own back end for its log, such as Log4j's, bypasses KLOSET_LOG, but not the redaction. */
@Timeout(60)
class Log4jTest {

    @TempDir
    Path directory = Path.of("");

    /** A plugin whose library logs with Log4j in its default configuration. */
    static final class LoggingPlugin {

        private LoggingPlugin() {}

        public static void main(String[] args) {
            Entrypoint.run(args, Plugin.builder("logging").importer("shelf", LoggingPlugin::importer).build());
        }

        private static Importer importer(ConnectorContext context) throws IOException {
            String password = context.config().required("access_password");
            LogManager.getLogger("library")
                    .error("logging in with {}", password, new IOException("refused: " + password));
            throw new IOException("that is all");
        }
    }

    @Test
    void theOutputOfLog4jHasNoSecrets() throws Exception {
        ShelfProcess plugin = new ShelfProcess(directory, LoggingPlugin.class);
        plugin.failure(ShelfProcess.settings("shelf://joe@host/x"));
        assertThat(plugin.errors()).anySatisfy(line -> assertThat(line).contains("ERROR logging in with ***"))
                .anySatisfy(line -> assertThat(line).contains("java.io.IOException: refused: ***"))
                .noneMatch(line -> line.contains(ShelfProcess.PASSWORD));
    }
}
