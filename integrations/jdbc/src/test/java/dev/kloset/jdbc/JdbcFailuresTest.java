package dev.kloset.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ErrorKind;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.fixtures.ReservedPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentence for each thing that a user can get wrong. */
class JdbcFailuresTest {

    @TempDir
    private Path directory;

    private H2Database h2;

    @BeforeEach
    void start() throws Exception {
        h2 = H2Database.in(directory);
        h2.run("shop", "CREATE TABLE T (ID INT PRIMARY KEY)");
    }

    @AfterEach
    void stop() {
        h2.close();
    }

    private static Throwable failure(Map<String, String> settings) {
        try {
            Snapshot.of(settings);
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("the backup succeeded");
    }

    private Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(h2.settings("shop"));
        settings.put(key, value);
        return settings;
    }

    private String place() {
        return "127.0.0.1:" + h2.port() + "/./shop";
    }

    @Test
    void aWrongPassword() {
        Throwable e = failure(with("password", "Rosebud-1941"));

        assertThat(Sentence.of(e)).isEqualTo("cannot hold a moment of " + place()
                + ": Wrong user name or password; check the settings username and password");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.AUTHENTICATION);
    }

    @Test
    void aClosedPort() throws Exception {
        try (ReservedPorts closed = ReservedPorts.reserve(1)) {
            String place = "127.0.0.1:" + closed.port(0) + "/./shop";
            Throwable e = failure(with("location", "jdbc:h2:tcp://" + place));

            assertThat(Sentence.of(e)).isEqualTo("cannot hold a moment of " + place
                    + ": the connection is refused; check host and port, and that the server is up");
            assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.TRANSIENT);
        }
    }

    @Test
    void aMissingDatabaseIsNotMade() {
        Throwable e = failure(with("location", h2.location("nothing")));

        assertThat(Sentence.of(e)).contains("nothing", "not found", "check the name of the database in the location");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.NOT_FOUND);
        Throwable embedded = failure(with("location", "jdbc:h2:" + directory.resolve("absent")));
        assertThat(ErrorKind.of(embedded)).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(directory.resolve("absent.mv.db")).doesNotExist();
    }

    @Test
    void aMissingDriver() throws Exception {
        Throwable e = failure(with("location", "jdbc:oracle:thin:@//127.0.0.1:1521/shop"));

        assertThat(Sentence.of(e))
                .isEqualTo("there is no driver for jdbc:oracle: put its jar into the directory of driver_dir");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.CONFIGURATION);
        Path drivers = Files.createDirectory(directory.resolve("drivers"));
        assertThat(Sentence.of(failure(with("driver_dir", drivers.toString()))))
                .isEqualTo("cannot use the jars in " + drivers + " (setting \"driver_dir\"): there is none");
    }

    @Test
    void aPasswordAmongTheProperties() throws Exception {
        assertThat(Sentence.of(failure(with("properties", "password=tr0mbone"))))
                .contains("put it into the setting \"password\"")
                .doesNotContain("tr0mbone");
    }

    @Test
    void aMissingRight() throws Exception {
        h2.run("shop", "CREATE USER READER PASSWORD 'reader-pw-17'");
        Map<String, String> settings = with("username", "READER");
        settings.put("password", "reader-pw-17");
        Throwable e = failure(settings);

        assertThat(Sentence.of(e)).contains("ights");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void aColumnThatCannotBeBackedUp() throws Exception {
        h2.run("shop", "CREATE TABLE LISTS (ID INT PRIMARY KEY, L INT ARRAY)");

        assertThat(Sentence.of(failure(h2.settings("shop")))).contains("the column L of PUBLIC.LISTS has the type");
    }

    @Test
    void aConsistencyThatTheDatabaseDoesNotHave() {
        Throwable e = failure(with("consistency", "locking"));

        assertThat(Sentence.of(e)).isEqualTo(
                "consistency=locking is not possible with H2; use consistency=single, one transaction on one connection");
        assertThat(ErrorKind.of(e)).isEqualTo(ErrorKind.UNSUPPORTED);
    }

    @Test
    void noneIsSaidInTheSnapshot() throws Exception {
        Snapshot snapshot = Snapshot.of(with("consistency", "none"));

        assertThat(snapshot.text("/00-point.json")).contains("\"consistency\": \"none\"",
                "consistency=none: each file shows the moment at which it was read");
    }
}
