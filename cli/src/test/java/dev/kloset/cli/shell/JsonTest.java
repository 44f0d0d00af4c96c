package dev.kloset.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void membersKeepTheOrderOfTheCalls() {
        assertThat(Json.object()
                .put("b", "x")
                .put("a", 7)
                .put("c", true)
                .put("d", 1.23456)
                .put("e", Double.POSITIVE_INFINITY)
                .put("f", List.of("p", "q"))
                .put("g", List.of())).hasToString(
                        "{\"b\":\"x\",\"a\":7,\"c\":true,\"d\":1.235,\"e\":0,\"f\":[\"p\",\"q\"],\"g\":[]}");
        assertThat(Json.object()).hasToString("{}");
    }

    @Test
    void whatJsonForbidsInTextIsEscaped() {
        assertThat(Json.object().put("k\"", "a\"b\\c\nd\te\u0001\u007f")).hasToString(
                "{\"k\\\"\":\"a\\\"b\\\\c\\nd\\te\\u0001\\u007f\"}");
    }

    @Test
    void halvesOfSurrogatePairsSurviveAsEscapes() {
        String text = Json.object().put("k", "ok \uD83D\uDE00 high \uD83D low \uDE00").toString();
        assertThat(text).isEqualTo("{\"k\":\"ok \uD83D\uDE00 high \\ud83d low \\ude00\"}");
        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo(text);
    }
}
