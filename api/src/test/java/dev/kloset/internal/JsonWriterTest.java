package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.internal.JsonWriter.Escape;
import dev.kloset.internal.JsonWriter.Literal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {

    private static final String PAIR = "\uD83D\uDE00";

    private static Map<String, Object> tree() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("n", null);
        inner.put("list", List.of("x", 7, List.of(), Map.of()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", "x");
        tree.put("a", -1.5);
        tree.put("c", true);
        tree.put("d", new Literal("1e3"));
        tree.put("e", inner);
        return tree;
    }

    @Test
    void partsComeInTheOrderOfWriting() {
        StringBuilder out = new StringBuilder("before ");
        JsonWriter.to(out)
                .object()
                .name("a")
                .array()
                .object()
                .endObject()
                .object()
                .name("x")
                .number(1)
                .name("y")
                .truth(false)
                .endObject()
                .array()
                .endArray()
                .text("z")
                .endArray()
                .name("b")
                .number(0.5)
                .name("c")
                .raw("null")
                .endObject();
        assertThat(out).hasToString("before {\"a\":[{},{\"x\":1,\"y\":false},[],\"z\"],\"b\":0.5,\"c\":null}");
    }

    @Test
    void aTreeIsWrittenOnOneLineInTheOrderOfItsMaps() {
        assertThat(JsonWriter.line(tree())).isEqualTo(
                "{\"b\":\"x\",\"a\":-1.5,\"c\":true,\"d\":1e3,\"e\":{\"n\":null,\"list\":[\"x\",7,[],{}]}}");
    }

    @Test
    void aTreeIsWrittenWithALineForEachMember() {
        assertThat(JsonWriter.lines(tree())).isEqualTo("""
                {
                  "b": "x",
                  "a": -1.5,
                  "c": true,
                  "d": 1e3,
                  "e": {
                    "n": null,
                    "list": ["x", 7, [], {

                      }]
                  }
                }""");
        assertThat(JsonWriter.lines(List.of(Map.of("a", "b"), 1))).isEqualTo("""
                [{
                    "a": "b"
                  }, 1]""");
    }

    @Test
    void whatJsonForbidsInTextIsEscaped() {
        assertThat(JsonWriter.quoted("a\"b\\c\nd\te\u0000\u001f\u007f\u2028")).isEqualTo(
                "\"a\\\"b\\\\c\\u000ad\\u0009e\\u0000\\u001f\u007f\u2028\"");
        StringBuilder out = new StringBuilder();
        JsonWriter.to(out).object().name("k\"\n").text("").endObject();
        assertThat(out).hasToString("{\"k\\\"\\u000a\":\"\"}");
    }

    @Test
    void moreIsEscapedOnRequest() {
        String text = "\n\r\t\b\u007f" + PAIR;
        assertThat(JsonWriter.quoted(text, Escape.LETTERS)).isEqualTo("\"\\n\\r\\t\\u0008\u007f" + PAIR + "\"");
        assertThat(JsonWriter.quoted(text, Escape.DELETE))
                .isEqualTo("\"\\u000a\\u000d\\u0009\\u0008\\u007f" + PAIR + "\"");
        assertThat(JsonWriter.quoted(text, Escape.PAIRS))
                .isEqualTo("\"\\u000a\\u000d\\u0009\\u0008\u007f\\ud83d\\ude00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D", "a\uD83D b\uDE00", "\uD83Dx\uDE00" })
    void halvesOfSurrogatePairsBecomeEscapes(String halves) {
        String json = JsonWriter.quoted(PAIR + halves + PAIR);
        assertThat(json).startsWith("\"" + PAIR).endsWith(PAIR + "\"").contains("\\u");
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(json);
        StringBuilder escaped = new StringBuilder();
        halves.chars()
                .forEach(c -> escaped
                        .append(Character.isSurrogate((char) c) ? String.format("\\u%04x", c) : (char) c + ""));
        assertThat(json).isEqualTo("\"" + PAIR + escaped + PAIR + "\"");
    }

    @Test
    void everyCharacterIsWrittenSoThatOneLineStaysOneLine() {
        List<Integer> raw = new ArrayList<>();
        for (int c = 0; c < ' '; c++) {
            if (JsonWriter.quoted(String.valueOf((char) c)).indexOf(c) >= 0) {
                raw.add(c);
            }
        }
        assertThat(raw).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = { Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void aValueThatIsNotANumberIsRefused(double number) {
        assertThatThrownBy(() -> JsonWriter.to(new StringBuilder()).number(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JSON has no number " + number);
    }
}
