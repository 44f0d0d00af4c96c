package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.jdbc.restore.JdbcExporter;
import dev.kloset.jdbc.restore.TargetSettings;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which step of a doctor fails, and with which sentence. */
class JdbcDoctorTest {

    @TempDir
    private Path directory;

    private H2Database h2;

    @BeforeEach
    void start() throws Exception {
        h2 = H2Database.in(directory);
        h2.run("shop", "CREATE TABLE T (ID INT PRIMARY KEY)", "CREATE TABLE SALARIES (ID INT PRIMARY KEY)",
                "CREATE USER READER PASSWORD 'reader-pw-17'", "GRANT SELECT ON T TO READER");
    }

    @AfterEach
    void stop() {
        h2.close();
    }

    private static ConnectorContext context(Map<String, String> settings) {
        return ConnectorContext.of("jdbc", ConnectorConfig.of(settings), Options.builder().build());
    }

    private static List<String> importer(Map<String, String> settings) throws Exception {
        Plugin.Registration registration = JdbcPlugin.plugin().registrations(Plugin.Kind.IMPORTER).getFirst();
        try (Importer importer = registration.importer().orElseThrow().create(context(settings))) {
            return results(importer.diagnosis());
        }
    }

    private static List<String> results(List<DiagnosisStep> steps) throws InterruptedException {
        List<String> results = new ArrayList<>();
        for (DiagnosisStep step : steps) {
            try {
                step.check().run();
                results.add(step.name());
            } catch (IOException e) {
                results.add(step.name() + ": " + Sentence.of(e));
                break;
            }
        }
        return results;
    }

    @Test
    void aSourceThatWorks() throws Exception {
        assertThat(importer(h2.settings("shop"))).containsExactly("name", "port", "login", "server version", "rights",
                "consistency snapshot");
    }

    @Test
    void aPortThatNobodyListensOn() throws Exception {
        try (ReservedPorts closed = ReservedPorts.reserve(1)) {
            List<String> steps = importer(
                    h2.settings("shop", "location", "jdbc:h2:tcp://127.0.0.1:" + closed.port(0) + "/./shop"));

            assertThat(steps).hasSize(2);
            assertThat(steps.getLast()).startsWith("port: ").contains("refused");
        }
    }

    @Test
    void aPasswordThatIsWrong() throws Exception {
        assertThat(importer(h2.settings("shop", "password", "Rosebud-1941")).getLast())
                .startsWith("login: cannot connect to ")
                .contains("as keeper: Wrong user name or password; check the settings username and password")
                .doesNotContain("Rosebud");
    }

    @Test
    void aTableThatMayNotBeRead() throws Exception {
        assertThat(importer(h2.settings("shop", "username", "READER", "password", "reader-pw-17")).getLast())
                .startsWith("rights: cannot read PUBLIC.SALARIES: Not enough rights");
    }

    @Test
    void aDestinationIsTriedWithATableThatGoesAgain() throws Exception {
        ConnectorContext context = context(h2.settings("shop"));
        try (JdbcExporter exporter = new JdbcExporter(context, context.config().as(TargetSettings.class))) {
            assertThat(results(exporter.diagnosis())).containsExactly("name", "port", "login", "server version",
                    DiagnosisStep.WRITING);
        }
        assertThat(h2.checksums("shop")).hasSize(2);
    }
}
