package dev.kloset.jdbc;

import dev.kloset.Plugin;
import dev.kloset.jdbc.backup.ZippedRows;
import dev.kloset.jdbc.layout.CheckFile;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ExpectedFiles;
import dev.kloset.testkit.contract.MutableSource;
import dev.kloset.testkit.contract.SourceChange;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.junit.ImporterContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The plugin keeps every clause of the contract, with a database of H2 behind a server. */
class JdbcContractTest {

    private static void patient(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }

    @Nested
    class OfTheImporter extends ImporterContract {

        private static final String PART = "/20-tables/PUBLIC/T/20-data/00000000000000/00.tsv.gz";
        private static final String CHECK = "/20-tables/PUBLIC/T/99-check.json";

        @TempDir
        private Path databases;

        private H2Database h2;

        @BeforeEach
        void start() throws Exception {
            h2 = H2Database.in(databases);
            h2.run("shop", "CREATE TABLE T (ID INT PRIMARY KEY, V VARCHAR)",
                    "INSERT INTO T VALUES (1, 'one'), (2, 'two')",
                    "CREATE TABLE WIDE (ID INT PRIMARY KEY, V VARCHAR)", "CREATE TABLE NOTHING (ID INT PRIMARY KEY)",
                    "INSERT INTO WIDE SELECT X, REPEAT('wide ' || X, 20) FROM SYSTEM_RANGE(1, 2000)");
        }

        @AfterEach
        void stop() {
            h2.close();
        }

        @Override
        protected Plugin plugin() {
            return JdbcPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return h2.settings("shop");
        }

        @Override
        protected Optional<MutableSource> mutableSource(Path directory) {
            return Optional.of(new MutableSource() {
                @Override
                public List<SourceChange> changes() throws Exception {
                    h2.run("shop", "DELETE FROM T", "INSERT INTO T VALUES (1, 'one'), (2, 'two')");
                    return List.of(
                            change("a value of the same length", "UPDATE T SET V = 'six' WHERE ID = 2",
                                    ExpectedFiles.none().and(PART, ZippedRows.file(PART, "1\tone\n2\tsix\n"))),
                            change("a row more", "INSERT INTO T VALUES (3, NULL)",
                                    ExpectedFiles.none()
                                            .and(PART, ZippedRows.file(PART, "1\tone\n2\tsix\n3\t\\N\n"))
                                            .and(CHECK, utf8(new CheckFile(3).write()))),
                            change("a value instead of NULL", "UPDATE T SET V = '' WHERE ID = 3",
                                    ExpectedFiles.none().and(PART, ZippedRows.file(PART, "1\tone\n2\tsix\n3\t\n"))),
                            change("a row less", "DELETE FROM T WHERE ID = 1",
                                    ExpectedFiles.none()
                                            .and(PART, ZippedRows.file(PART, "2\tsix\n3\t\n"))
                                            .and(CHECK, utf8(new CheckFile(2).write()))),
                            change("another key", "UPDATE T SET ID = 1 WHERE ID = 2",
                                    ExpectedFiles.none().and(PART, ZippedRows.file(PART, "1\tsix\n3\t\n"))));
                }
            });
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private SourceChange change(String name, String statement, ExpectedFiles files) {
            return new SourceChange(name, () -> {
                h2.run("shop", statement);
                return files;
            });
        }

        @Override
        protected Optional<Subject> process() {
            return main(JdbcPlugin.class.getName(), "importer");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }

    @Nested
    class OfTheExporter extends ExporterContract {

        @Override
        protected Plugin plugin() {
            return JdbcPlugin.plugin();
        }

        @Override
        protected Map<String, String> config(Path directory) {
            return Map.of("location", "jdbc:h2:{temp}/restored");
        }

        @Override
        protected Map<Clause, String> waivers() {
            return Map.of(Clause.E08, "the files of the check are none of a database");
        }

        @Override
        protected Optional<Subject> process() {
            return main(JdbcPlugin.class.getName(), "exporter");
        }

        @Override
        protected void configure(CheckSettings.Builder settings) {
            patient(settings);
        }
    }
}
