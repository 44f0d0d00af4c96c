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

/** What {@code doctor} says of a source on the network: which step fails, why, and what to do. */
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
    void aHostThatNobodyKnowsAndAPortThatIsClosedAreDifferentSteps() throws Exception {
        assertThat(doctor("shelf://nosuch.invalid/later").text())
                .contains("  failed       name: unknown host nosuch.invalid", "check how the host is spelled",
                        "  not checked  connection: because \"name\" failed");
        assertThat(doctor("shelf://127.0.0.1:" + ShelfServer.closedPort() + "/later").text()).contains(
                "  ok           name\n", "  failed       connection: shelf://127.0.0.1:",
                "check host and port, and that the server is up");
    }

    @Test
    void aFileThatIsListedButCannotBeReadIsSaidWithItsPath() throws Exception {
        Ended ended = doctor("shelf://" + server.address() + "/good");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text()).contains("  ok           authentication\n", "  ok           first listing: 1 record\n",
                "  failed       first read: cannot read /book: the shelf refuses ***");
    }

    @Test
    void aStepThatHangsIsGivenUpAfterTheTimeThatTheUserAllows() throws Exception {
        Map<String, String> patient = ShelfProcess.settings("shelf://" + server.address() + "/stuck", "timeout", "1h");
        Ended ended = plugin.doctor(Map.of(), patient, "--timeout", "1");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.text()).contains(
                "  failed       authentication: not done within 1 s, so the doctor gave up (--timeout allows for more)");
    }

    @Test
    void scriptsGetAnObjectAndAStatus() throws Exception {
        Ended ended = doctor("shelf://joe:" + ShelfProcess.LOCATION_PASSWORD + "@" + server.address(), "-o", "keep=bad",
                "-o", "conections=5", "--json");
        assertThat(ended.status()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(ended.text());
        assertThat(report.at("/healthy").asBoolean(true)).isFalse();
        assertThat(report.at("/connectors/0/location").asText()).isEqualTo("shelf://" + server.address());
        assertThat(report.at("/connectors/0/steps/0/result").asText()).isEqualTo("failed");
        assertThat(report.at("/connectors/0/steps/0/detail").asText()).startsWith("2 settings are wrong: (1)")
                .contains("did you mean \"connections\"?");
        assertThat(report.at("/connectors/0/steps/1/result").asText()).isEqualTo("not_checked");
    }

    @Test
    void wrongUsageIsASentenceWithTheStatusOfIt() throws Exception {
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
                + "\"formerly\":[\"secret_password\"]}");
        assertThat(about.at("/connectors/0/configuration/schema")).isEqualTo(
                new ObjectMapper().readTree(dev.kloset.ConfigModel.of(ShelfConfig.class).schema()));
        assertThat(plugin.output("about")).contains("  importer shelf://\n    location",
                "a secret, required: Its password");
    }
}
