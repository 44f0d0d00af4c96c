package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kloset.it.ShelfProcess.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says about a source on the network: which step fails, why, and what to do. */
class ShelfDoctorTest {

    @TempDir
    Path directory = Path.of("");

    private ShelfProcess plugin;
    private ShelfServer server;

    @BeforeEach
    void start() throws Exception {
        plugin = new ShelfProcess(directory);
        server = new ShelfServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ended doctor(String location, String... more) throws Exception {
        return plugin.doctor(Map.of(), ShelfProcess.settings(location), more);
    }

    @Test
    void everyStepIsNamedUntilOneFails() throws Exception {
        String location = "shelf://" + server.address() + "/later";
        Ended ended = doctor(location);
        assertThat(ended).isEqualTo(new Ended(1,
                """
                        importer %1$s
                          ok           settings
                          ok           start
                          ok           name
                          ok           connection
                          failed       authentication: cannot log in to %1$s as joe: wrong password; check the setting access_password
                          not checked  first listing: because "authentication" failed
                          not checked  first read: because "authentication" failed
                          ok           close
                        Not well: importer %1$s
                        """
                        .formatted(location)));
    }

    @Test
    void anUnknownHostAndAClosedPortAreDifferentSteps() throws Exception {
        assertThat(doctor("shelf://nosuch.invalid/later").text())
                .contains("  failed       name: unknown host nosuch.invalid", "check the spelling of the host",
                        "  not checked  connection: because \"name\" failed");
        assertThat(doctor("shelf://127.0.0.1:" + server.closedPort() + "/later").text()).contains(
                "  ok           name\n", "  failed       connection: shelf://127.0.0.1:",
                "check host and port, and that the server is up");
    }

    @Test
    void aListedFileThatCannotBeReadIsReportedWithItsPath() throws Exception {
        Ended ended = doctor("shelf://" + server.address() + "/good");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text()).contains("  ok           authentication\n", "  ok           first listing: 1 record\n",
                "  failed       first read: cannot read /book: the shelf refuses ***");
    }

    @Test
    void aHangingStepIsGivenUpAfterTheUsersTimeLimit() throws Exception {
        Map<String, String> patient = ShelfProcess.settings("shelf://" + server.address() + "/stuck", "timeout", "1h");
        Ended ended = plugin.doctor(Map.of(), patient, "--timeout", "1");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text()).contains(
                "  failed       authentication: not done within 1 s, so the doctor gave up (--timeout allows more)");
    }

    @Test
    void scriptsGetAnObjectAndAStatus() throws Exception {
        Ended ended = doctor("shelf://joe:" + ShelfProcess.LOCATION_PASSWORD + "@" + server.address(), "-o", "keep=bad",
                "-o", "conections=5", "--json");
        assertThat(ended.status()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(ended.text());
        assertThat(report.at("/healthy").asBoolean(true)).isFalse();
        assertThat(report.at("/version").isNull()).as("classes in a directory have no version").isTrue();
        assertThat(report.at("/java").asText()).isEqualTo(Runtime.version().toString());
        assertThat(report.has("sdk")).isTrue();
        assertThat(report.at("/connectors/0/location").asText()).isEqualTo("shelf://" + server.address());
        assertThat(report.at("/connectors/0/steps/0/result").asText()).isEqualTo("failed");
        assertThat(report.at("/connectors/0/steps/0/detail").asText()).startsWith("2 settings are wrong: (1)")
                .contains("did you mean \"connections\"?");
        assertThat(report.at("/connectors/0/steps/1/result").asText()).isEqualTo("not_checked");
    }

    @Test
    void wrongUsageIsASentenceWithItsOwnStatus() throws Exception {
        assertThat(plugin.run(Map.of(), List.of("doctor"))).satisfies(ended -> {
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.text()).startsWith("\"doctor\" needs a location; write: doctor -o location=LOCATION");
        });
        assertThat(doctor("ftp://x").text()).startsWith(
                "the plugin has no connector for the protocol \"ftp\"; it has importer shelf://");
        assertThat(doctor("shelf://x", "--kind", "storage").text())
                .startsWith("the plugin has no storage for the protocol \"shelf\"");
        assertThat(doctor("shelf://x", "--timeout", "never").text())
                .startsWith("\"--timeout\" of \"doctor\" is a number of seconds from 1 to 3600");
        assertThat(doctor("shelf://x", ShelfProcess.PASSWORD).text())
                .startsWith("\"doctor\" does not know the argument number")
                .doesNotContain(ShelfProcess.PASSWORD);
    }

    @Test
    void helpGoesToStandardOutput() throws Exception {
        assertThat(plugin.output("doctor", "--help")).startsWith("Usage: doctor -o location=LOCATION")
                .contains("--timeout SECONDS");
    }

    @Test
    void aMisspeltArgumentIsAnsweredWithTheNearestOne() throws Exception {
        assertThat(asked("doctor", "shelf://x"))
                .isEqualTo("\"doctor\" takes the location as a setting: write -o location=LOCATION");
        assertThat(asked("doctor", "location=shelf://x"))
                .isEqualTo("\"doctor\" takes the location as a setting: write -o location=LOCATION");
        assertThat(asked("doctor", "-o", "locaton=shelf://x")).isEqualTo("\"doctor\" needs a location, and there is no "
                + "setting \"locaton\"; did you mean \"location\"?");
        assertThat(asked("doctor", "-o", "location=/etc"))
                .isEqualTo("the location does not say which protocol to use: it begins with shelf://");
        assertThat(asked("doctor", "-o", "location=shelf://x", "--jsn"))
                .startsWith("\"doctor\" does not know the argument number 3; did you mean \"--json\"?");
        assertThat(asked("about", "-json"))
                .isEqualTo("\"about\" takes no argument but --json; did you mean \"--json\"?");
        assertThat(asked("doktor"))
                .startsWith("This plugin does not understand its argument; did you mean \"doctor\"?\n");
        assertThat(asked("--stat=json"))
                .startsWith("This plugin does not understand its argument; did you mean \"--stats\"?\n");
    }

    @Test
    void aFailureIsAnObjectForPrograms() throws Exception {
        assertThat(asked("doctor", "--json", "-o", "locaton=shelf://x")).startsWith(
                "{\"failure\":\"\\\"doctor\\\" needs a location, and there is no setting \\\"locaton\\\"; did you mean");
        assertThat(asked("about", "--json", "more")).startsWith("{\"failure\":\"\\\"about\\\" takes no argument");
    }

    private String asked(String... arguments) throws Exception {
        Ended ended = plugin.run(Map.of(), List.of(arguments));
        assertThat(ended.status()).isEqualTo(2);
        return ended.text().strip();
    }

    @Test
    void aboutDescribesEveryOptionToProgramsAndToPeople() throws Exception {
        JsonNode about = new ObjectMapper().readTree(plugin.output("about", "--json"));
        JsonNode options = about.at("/connectors/0/configuration/options");
        JsonNode timeout = null;
        JsonNode password = null;
        for (JsonNode option : options) {
            timeout = option.get("key").asText().equals("timeout") ? option : timeout;
            password = option.get("key").asText().equals("access_password") ? option : password;
        }
        assertThat(timeout).hasToString("{\"key\":\"timeout\",\"description\":\"How long to wait for an answer\","
                + "\"type\":\"duration\",\"list\":false,\"required\":false,\"secret\":false,"
                + "\"takes\":\"a duration such as 30s, 5m or 1h30m from 1s to 1h\",\"default\":\"30s\","
                + "\"minimum\":\"1s\",\"maximum\":\"1h\"}");
        assertThat(password).hasToString("{\"key\":\"access_password\",\"description\":\"Its password\","
                + "\"type\":\"secret\",\"list\":false,\"required\":true,\"secret\":true,\"takes\":\"a secret\","
                + "\"aliases\":[\"secret_password\"]}");
        assertThat(about.at("/connectors/0/configuration/schema")).isEqualTo(
                new ObjectMapper().readTree(dev.kloset.ConfigModel.of(ShelfConfig.class).schema()));
        assertThat(plugin.output("about")).contains("  importer shelf://\n    location",
                "a secret, required: Its password");
    }
}
