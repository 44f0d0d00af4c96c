package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.kloset.ByteSize;
import dev.kloset.ClusterLocation;
import dev.kloset.ConfigException;
import dev.kloset.ConfigModel;
import dev.kloset.Configuration;
import dev.kloset.ConnectorConfig;
import dev.kloset.ExtensionJars;
import dev.kloset.HostList;
import dev.kloset.Location;
import dev.kloset.RemoteLocation;
import dev.kloset.Secret;
import dev.kloset.Setting;
import dev.kloset.Split;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema accepts what the connector accepts, and nothing else. */
class ConfigSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CASES = 4_000;

    enum Colour {
        RED,
        DEEP_BLUE
    }

    @Configuration("All types")
    record Everything(@Setting(defaultPort = 22) RemoteLocation location, String text,
            @Setting(aliases = "pass") Secret password,
            int whole, @Setting(min = "-5", max = "1000000000000", defaultValue = "0") long large,
            @Setting(min = "0", max = "1", defaultValue = "0.5") double share, boolean truth,
            @Setting(defaultValue = "red") Colour colour, Optional<Duration> duration, Optional<ByteSize> size,
            Optional<URI> uri, Optional<Path> path, Optional<ExtensionJars> jars, List<String> texts,
            List<Integer> wholes, List<Colour> colours,
            List<Duration> durations, @Setting(pattern = "[a-z]+|[0-9]{2}") Optional<String> word,
            @Setting(aliases = { "older", "oldest" }) Optional<String> name) {}

    @Configuration
    record Cluster(@Setting(defaultPort = 9092) ClusterLocation location, Optional<HostList> mirrors,
            @Setting(defaultValue = "1/1") Split split) {}

    @Configuration
    record Open(Location location, ConnectorConfig others) {}

    private static final List<String> TEXTS = List.of("", "a", "red", "RED", "Red", "deep-blue", "deep_blue",
            "DEEP_BLUE",
            "DEEP-BLUE", "true", "True", "tRUE", "t", "0", "1", "-1", "-0", "01", "+1", "1.5", "0.5", "-5", "-6", "1.",
            ".5",
            "1e3", "2147483647", "2147483648", "-2147483649", "1000000000000", "1000000000001", "99999999999999999999",
            "30s", "1h30m", "1m1h", "5", "5 m", "PT5M", "P1D", "P", "PT", "P1DT", "PT1.5S", "PT1.5M", "1.5h", "-1s",
            "16MiB",
            "16 MiB", "16mib", "512kB", "512KB", "512K", "1000PiB", "999PiB", "3B", "B", "https://example.org/a?b=c",
            "https://a b",
            "http://[::1]/", "mailto:a@b", "x://", "/a/b", "../x", "a\u0000b", " ", " a ", "a,b", "a, b", "a,,b", ",a",
            "a,", "a\\,b", "a\\b", "a\\\\", "\\,", "1,2,3", "1, 2", "1,x", "red,deep-blue", "red, Red", "30s,5m", "ab",
            "Ab",
            "22", "2", "222", "ä", "proto://host", "proto://host:1/p", "proto://host:65536", "proto://u:p%41@h/",
            "proto://u:p@h@x/", "proto:host", "p://host", "proto:///x", "proto://[::1]:5/x", "proto://host:0", "a\nb",
            "proto://h1,h2", "proto://h1:1,[::1]:2,h3/x,y", "proto://h1,,h2", "proto://h1, h2/", "proto://,h1",
            "proto://u@h1,h2", "h1", "h1:1", "h1:1,h2", " h1 , [::1]:5432 ", "h1:70000", "[::1", "::1", "h1;h2",
            "1/1", "2/3", "3/2", "0/1", "01/2", "9/10", "10/9", "12/12", "12/13", "13/12", "13/20", "20/13", "99/99",
            "1/100", "-1/2", "1/");

    private static boolean codeTakes(Class<? extends Record> type, Map<String, String> settings) {
        try {
            ConnectorConfig.of(settings).as(type);
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    private static JsonSchema schema(Class<? extends Record> type) throws Exception {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ConfigModel.of(type).schema());
    }

    /** {@return the settings as JSON} A text becomes a number or a boolean if the schema says so and the text allows it. */
    private static ObjectNode json(Map<String, String> settings, ObjectNode properties) {
        ObjectNode json = JSON.createObjectNode();
        settings.forEach((key, text) -> {
            switch (properties.path(key).path("type").asText()) {
                case "boolean" -> truth(json, key, text);
                case "integer", "number" -> number(json, key, text);
                default -> json.put(key, text);
            }
        });
        return json;
    }

    private static void truth(ObjectNode json, String key, String text) {
        switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> json.put(key, true);
            case "0", "f", "F", "false", "FALSE", "False" -> json.put(key, false);
            default -> json.put(key, text);
        }
    }

    private static void number(ObjectNode json, String key, String text) {
        if (text.matches("0|-?[1-9][0-9]*")) {
            json.put(key, new BigInteger(text));
        } else if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
            json.put(key, new BigDecimal(text));
        } else {
            json.put(key, text);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { Everything.class, Cluster.class, Open.class })
    void theSchemaTakesExactlyWhatTheConnectorTakes(Class<? extends Record> type) throws Exception {
        ObjectNode properties = (ObjectNode) JSON.readTree(ConfigModel.of(type).schema()).get("properties");
        List<String> keys = new ArrayList<>();
        properties.fieldNames().forEachRemaining(keys::add);
        keys.add("unknown");
        Map<String, String> good = new HashMap<>(
                Map.of("location", "proto://host/x", "text", "t", "password", "p", "whole", "1"));
        good.keySet().removeIf(key -> !keys.contains(key) && !ConfigModel.of(type).takesOthers());
        List<Map<String, String>> cases = new ArrayList<>();
        for (String key : keys) {
            Map<String, String> without = new HashMap<>(good);
            without.remove(key);
            cases.add(without);
            for (String text : TEXTS) {
                Map<String, String> with = new HashMap<>(good);
                with.put(key, text);
                cases.add(with);
            }
        }
        Random random = new Random(5);
        while (cases.size() < CASES) {
            Map<String, String> some = new HashMap<>(good);
            for (int i = random.nextInt(3); i >= 0; i--) {
                some.put(keys.get(random.nextInt(keys.size())), TEXTS.get(random.nextInt(TEXTS.size())));
            }
            cases.add(some);
        }
        JsonSchema schema = schema(type);
        List<String> differences = new ArrayList<>();
        int taken = 0;
        for (Map<String, String> settings : cases) {
            boolean code = codeTakes(type, settings);
            taken += code ? 1 : 0;
            if (code != schema.validate(json(settings, properties)).isEmpty()) {
                differences.add((code ? "only the code takes " : "only the schema takes ") + settings);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(taken).as("taken of %s", cases.size()).isBetween(cases.size() / 20, cases.size() - 20);
    }

    @Test
    void theSchemaContainsWhatAFormNeeds() throws Exception {
        var schema = JSON.readTree(ConfigModel.of(ShelfConfig.class).schema());
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
        assertThat(schema.get("required").toString()).isEqualTo("[\"location\",\"access_name\"]");
        var properties = schema.get("properties");
        assertThat(properties.get("access_password").get("writeOnly").asBoolean()).isTrue();
        assertThat(properties.get("secret_password").get("deprecated").asBoolean()).isTrue();
        assertThat(properties.get("connections").get("maximum").asInt()).isEqualTo(64);
        assertThat(properties.get("connections").get("default").isInt()).isTrue();
        assertThat(properties.get("timeout").get("description").asText()).isEqualTo(
                "How long to wait for an answer (a duration such as 30s, 5m or 1h30m from 1s to 1h)");
    }

    @Test
    void helpAndDocumentationShowEverySettingAndNoSecret() {
        ConfigModel<ShelfConfig> model = ConfigModel.of(ShelfConfig.class);
        assertThat(model.help()).hasSize(12)
                .contains("connections            a whole number from 1 to 64, without it 4: Connections at once");
        assertThat(model.markdown()).startsWith("Files on a shelf server\n\n| setting |")
                .contains(
                        "| `access_password` | a secret | required | Its password Formerly called secret_password. |");
    }
}
