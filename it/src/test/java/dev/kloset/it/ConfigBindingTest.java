package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kloset.ByteSize;
import dev.kloset.ConfigException;
import dev.kloset.Configuration;
import dev.kloset.ConnectorConfig;
import dev.kloset.Secret;
import dev.kloset.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBindingTest {

    private static final String CANARY = "canary-5f3a";

    private static ShelfConfig bind(String... settings) throws ConfigException {
        Map<String, String> all = new HashMap<>(Map.of("location", "shelf://joe:pa%40ss@host.example:99/a/b",
                "access_name", "joe", "access_password", CANARY));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 0) {
                all.remove(setting);
            } else {
                all.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
        }
        return ConnectorConfig.of(all).as(ShelfConfig.class);
    }

    private static List<String> mistakes(String... settings) {
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> bind(settings));
        assertThat(refusal).as("it is refused").isNotNull();
        assertThat(refusal.getMessage()).doesNotContain(CANARY);
        return refusal.mistakes();
    }

    @Configuration
    record Login(String user, @Setting(defaultValue = "5s") Duration patience) {}

    @Configuration
    record Mirror(String name, Login login, int port) {}

    @Test
    void theSettingsOfAnIncludedRecordHaveTheirOwnKeys() throws Exception {
        assertThat(ConnectorConfig.of(Map.of("name", "west", "user", "joe", "port", "7")).as(Mirror.class))
                .isEqualTo(new Mirror("west", new Login("joe", Duration.ofSeconds(5)), 7));
        assertThatThrownBy(() -> ConnectorConfig.of(Map.of("name", "west", "patience", "soon")).as(Mirror.class))
                .hasMessageContaining("\"user\"")
                .hasMessageContaining("\"patience\"")
                .hasMessageContaining("\"port\"");
    }

    @Test
    void missingSettingsHaveTheirDefaults() throws Exception {
        ShelfConfig config = bind();
        assertThat(config.location().host()).isEqualTo("host.example");
        assertThat(config.location().user()).contains("joe");
        assertThat(config.location().password()).contains(Secret.of("pa@ss"));
        assertThat(config.location().port()).isEqualTo(99);
        assertThat(config.location().path()).isEqualTo("/a/b");
        assertThat(config.accessPassword().reveal()).isEqualTo(CANARY);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.partSize()).isEqualTo(new ByteSize(16 << 20));
        assertThat(config.keep()).isEqualTo(ShelfConfig.Keep.STANDARD);
        assertThat(config.connections()).isEqualTo(4);
        assertThat(config.shelf()).isEmpty();
        assertThat(config.labels()).isEmpty();
        assertThat(config.trustAnyCertificate()).isFalse();
        assertThat(config.toString()).contains("joe").doesNotContain(CANARY, "pa@ss");
    }

    @Test
    void everyTypeIsReadInItsOwnFormat() throws Exception {
        ShelfConfig config = bind("location=shelf://[2001:db8::1]", "endpoint=https://example.org/x", "timeout=1m30s",
                "part_size=512 kB", "keep=cold-storage", "connections=64", "shelf=upper-left",
                "labels=a, b\\,c ,d\\\\e", "certificates=/etc/ssl", "trust_any_certificate=T");
        assertThat(config.location().host()).isEqualTo("2001:db8::1");
        assertThat(config.location().port()).isEqualTo(7070);
        assertThat(config.location().toString()).isEqualTo("shelf://[2001:db8::1]:7070");
        assertThat(config.endpoint()).contains(URI.create("https://example.org/x"));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.partSize()).isEqualTo(new ByteSize(512_000));
        assertThat(config.keep()).isEqualTo(ShelfConfig.Keep.COLD_STORAGE);
        assertThat(config.labels()).containsExactly("a", "b,c", "d\\e");
        assertThat(config.certificates()).contains(Path.of("/etc/ssl"));
        assertThat(config.trustAnyCertificate()).isTrue();
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        assertThatThrownBy(() -> bind("access_name", "timeout=2 fortnights", "conections=5"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("3 settings are wrong: (1) the setting \"access_name\" is missing; it is a text; "
                        + "(2) the setting \"timeout\" must be a duration such as 30s, 5m or 1h30m from 1s to 1h; "
                        + "(3) there is no setting \"conections\"; did you mean \"connections\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connections=65              | the setting "connections" must be a whole number from 1 to 64
            connections=many            | the setting "connections" must be a whole number from 1 to 64
            connections=99999999999     | the setting "connections" must be a whole number from 1 to 64
            timeout=2h                  | the setting "timeout" must be a duration such as 30s, 5m or 1h30m from 1s to 1h
            part_size=16mb              | the setting "part_size" must be a size such as 512kB or 16MiB
            keep=standart               | the setting "keep" must be one of standard, cold-storage; did you mean "standard"?
            keep=tape                   | the setting "keep" must be one of standard, cold-storage
            shelf=Upper                 | the setting "shelf" must be a text that matches [a-z][a-z0-9-]{2,30}
            trust_any_certificate=yes           | the setting "trust_any_certificate" must be true or false
            endpoint=example.org        | the setting "endpoint" must be a URI such as https://host/path
            labels=a,,b                 | the setting "labels" must be a list, with commas, of: a text
            access_name=                | the setting "access_name" is empty; leave it out or give it a text
            location=shelf:///no-host   | the setting "location" must be a location such as proto://user@host:port/path (without a port it is 7070)
            secret_password=x           | the setting "secret_password" is the old name of "access_password"; give only one of them
            colour=red                  | there is no setting "colour"; known are access_name, access_password, certificates, connections, endpoint, keep, labels, location, part_size, shelf, timeout, trust_any_certificate
            """)
    void aMistakeSaysWhatWasExpected(String setting, String sentence) {
        assertThat(mistakes(setting)).containsExactly(sentence);
    }

    @Test
    void anOldKeyStillWorks() throws Exception {
        assertThat(bind("access_password", "secret_password=" + CANARY).accessPassword().reveal()).isEqualTo(CANARY);
    }

    @ParameterizedTest
    @CsvSource({ "30s,PT30S", "5m,PT5M", "1h30m,PT1H30M", "1.5h,PT1H30M", "250ms,PT0.25S", "0,PT0S", "2d,PT48H",
        "PT5M,PT5M", "P1DT2H,PT26H", "10us,PT0.00001S" })
    void durationsAreThoseOfGoAndOfIso(String text, String expected) throws Exception {
        assertThat(ConnectorConfig.of(Map.of("wait", text)).as(Waiting.class).duration())
                .isEqualTo(Duration.parse(expected));
    }

    @Configuration
    record Waiting(@Setting(key = "wait") Duration duration, ConnectorConfig others) {}

    @Test
    void unknownSettingsAreAvailableOnRequest() throws Exception {
        assertThat(ConnectorConfig.of(Map.of("wait", "1s", "x", "y", "location", "a://b"))
                .as(Waiting.class)
                .others()
                .values()).containsExactly(Map.entry("x", "y"));
    }

    @Configuration
    record Checked(Optional<Integer> from, Optional<Long> to, double share) {
        Checked {
            if (from.isPresent() != to.isPresent()) {
                throw new IllegalArgumentException("give from and to, or neither");
            }
        }
    }

    @Test
    void theRecordMayCheckCombinationsOfSettings() {
        assertThatThrownBy(() -> ConnectorConfig.of(Map.of("from", "1", "share", "0.5")).as(Checked.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the settings do not fit together: give from and to, or neither");
    }

    record Unmarked(String name) {}

    @Test
    void aRecordWithoutAModelSaysHowToGetOne() {
        assertThatThrownBy(() -> ConnectorConfig.of(Map.of()).as(Unmarked.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mark the record Unmarked with @Configuration and add kloset-processor");
    }
}
