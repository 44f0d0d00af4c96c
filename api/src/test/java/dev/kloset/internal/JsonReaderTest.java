package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link JsonReader} and {@link JsonMembers} make of texts. */
class JsonReaderTest {

    @Test
    void whatTheWriterWroteIsReadAgain() {
        Map<String, Object> object = Map.of("text", "a \"b\"\n\\ \u0001ä\uD83D\uDE00", "number", -12L, "part", 1.5,
                "is", true, "list", List.of(1L, "x", List.of()), "object", Map.of("in", Map.of()));
        assertThat(JsonReader.object(JsonWriter.line(object))).isEqualTo(object);
        assertThat(JsonReader.object(JsonWriter.lines(object))).isEqualTo(object);
    }

    @Test
    void blanksAndEscapesOfOtherWritersAreRead() {
        assertThat(JsonReader.object(" { \"a\\u00e9\" : [ 1 , 1e3 ] , \"b\":\"\\/\" } "))
                .containsExactly(entry("aé", List.of(1L, 1000.0)), entry("b", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "{", "{\"a\":}", "{\"a\":1 \"b\":2}", "{\"a\":nothing}", "{} more",
        "{\"a\":\"\\u12\"}" })
    void whatIsNoObjectIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("there is .* at character \\d+");
    }

    @Test
    void aMemberOfAnotherTypeIsNamed() throws IOException {
        JsonMembers members = JsonMembers.read("{\"n\": 70, \"list\": [1, \"x\"]}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(members.number("n", 70)).isEqualTo(70);
        assertThatThrownBy(() -> members.number("n", 69)).hasMessageContaining("\"n\" is 70, and may be 0 to 69");
        assertThatThrownBy(() -> members.numbers("list")).hasMessageContaining("\"list\" is missing or of another");
        assertThatThrownBy(() -> members.text("m")).hasMessageContaining("\"m\" is missing");
        assertThatThrownBy(() -> JsonMembers.read(new byte[]{ '{' })).isInstanceOf(IOException.class)
                .hasMessageContaining("the file was changed");
    }
}
