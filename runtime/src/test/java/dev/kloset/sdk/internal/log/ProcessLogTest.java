package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessLogTest {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong nanos = new AtomicLong();

    private ProcessLog log(Map<String, String> environment) {
        return new ProcessLog(LogSettings.of(environment), () -> "plugin",
                line -> lines.add(new String(line, StandardCharsets.UTF_8)),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), nanos::get);
    }

    private System.Logger logger(Map<String, String> environment) {
        return new ProcessLoggerFinder.ProcessLogger("author", log(environment));
    }

    @Test
    void itIsQuietUnlessSomethingIsWrong() {
        System.Logger logger = logger(Map.of());
        logger.log(Level.INFO, "all is well");
        logger.log(Level.WARNING, "not {0} well", "so");
        assertThat(lines).containsExactly("warning: plugin: not so well\n");
    }

    @Test
    void theEnvironmentSetsTheLogLevel() {
        logger(Map.of("KLOSET_LOG", "Debug")).log(Level.DEBUG, "fine");
        logger(Map.of("KLOSET_LOG", "error")).log(Level.WARNING, "not shown");
        logger(Map.of("KLOSET_LOG", "off")).log(Level.ERROR, "not shown");
        logger(Map.of("KLOSET_LOG", "loud")).log(Level.WARNING, "shown");
        assertThat(lines).containsExactly("debug: plugin: fine\n", "warning: plugin: shown\n");
    }

    @Test
    void eventsOfTheJdkShowIfTheyWarnOrTheUserAsksForEverything() {
        for (String level : List.of("warning", "debug", "trace")) {
            ProcessLog log = log(Map.of("KLOSET_LOG", level));
            for (String name : List.of("java.lang.Runtime", "jdk.event", "sun.net", "javanese", "author")) {
                System.Logger logger = new ProcessLoggerFinder.ProcessLogger(name, log);
                assertThat(logger.isLoggable(Level.DEBUG)).isEqualTo(level.equals("trace")
                        || level.equals("debug") && !name.contains("."));
                log.event(Level.DEBUG, name, "detail", null);
            }
            log.event(Level.WARNING, "java.lang.Runtime", "a warning", null);
        }
        assertThat(lines).containsExactly("warning: plugin: a warning\n", "debug: plugin: detail\n",
                "debug: plugin: detail\n", "warning: plugin: a warning\n", "debug: plugin: detail\n",
                "debug: plugin: detail\n", "debug: plugin: detail\n", "debug: plugin: detail\n",
                "debug: plugin: detail\n", "warning: plugin: a warning\n");
    }

    @Test
    void anEventIsOneLineWhateverItSays() {
        logger(Map.of()).log(Level.WARNING, "one\ntwo\r\nthree", new IOException("because\nof that"));
        assertThat(lines).containsExactly("warning: plugin: one two three: because of that\n");
    }

    @Test
    void theStackIsForUsersWhoLookForMistakes() {
        logger(Map.of("KLOSET_LOG", "debug")).log(Level.ERROR, "broken", new IOException("why"));
        assertThat(lines.getFirst()).startsWith("error: plugin: broken: why [java.io.IOException at dev.kloset.sdk.")
                .hasSizeLessThan(8001);
    }

    @Test
    void theLineNamesThePathThatTheThreadWorksOn() {
        HostContext.path("/a/b");
        try {
            logger(Map.of()).log(Level.WARNING, "slow");
        } finally {
            HostContext.path(null);
        }
        assertThat(lines).containsExactly("warning: plugin /a/b: slow\n");
    }

    @Test
    void jsonIsOneObjectForEachLine() {
        logger(Map.of("KLOSET_LOG_FORMAT", "json")).log(Level.WARNING, "a \"word\" and \\");
        assertThat(lines).containsExactly("{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"warning\","
                + "\"connector\":\"plugin\",\"logger\":\"author\",\"message\":\"a \\\"word\\\" and \\\\\"}\n");
    }

    @Test
    void aMillionWarningsAreAHundredLinesAndANumber() {
        System.Logger logger = logger(Map.of());
        for (int i = 0; i < 1_000_000; i++) {
            logger.log(Level.WARNING, "again");
        }
        logger.log(Level.ERROR, "this is seen");
        nanos.addAndGet(LogLimit.WINDOW.toNanos());
        logger.log(Level.WARNING, "once more");
        assertThat(lines).hasSize(LogLimit.LINES + 3)
                .endsWith("warning: plugin: 999900 more suppressed\n", "error: plugin: this is seen\n",
                        "warning: plugin: once more\n");
    }

    @Test
    void nothingIsLeftOutOfADebugLog() {
        System.Logger logger = logger(Map.of("KLOSET_LOG", "debug"));
        for (int i = 0; i < 1_000; i++) {
            logger.log(Level.WARNING, "again");
        }
        assertThat(lines).hasSize(1_000);
    }

    @Test
    void aSecretThatTheHostSentIsHidden() {
        SecretRedactor secrets = new SecretRedactor();
        secrets.learn(Map.of("access_key", "AKIA-1", "use_token", "true", "pin_pass", "12", "location",
                "sftp://joe:b%40d%20one@host/x", "passphrase", "of the host", "api_token", "AKIA-1-and-more",
                "keyspace", "books"), null);
        assertThat(secrets.hide("AKIA-1, true, 12, b%40d%20one, b@d one, joe, of the host, AKIA-1-and-more, books"))
                .isEqualTo("***, true, 12, ***, ***, joe, ***, ***, books");
    }
}
