package dev.kloset.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.support.Sentence;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is found in every form that a library gives it, an ordinary word only where it stands as a value. */
class RedactorTest {

    private static final String SECRET = "s3cr\"t/w\u00f6rd+& <\u20ac>\\%41";

    private static String hide(String secret, String text) {
        return Redactor.of(List.of(secret)).hide(text);
    }

    @Test
    void aSecretIsHiddenHoweverItIsWritten() {
        String json = SECRET.replace("\\", "\\\\").replace("\"", "\\\"");
        for (String form : List.of(SECRET, URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/")
                        .replace("%C3%B6", "%c3%b6"),
                json, json.replace("\u00f6", "\\u00f6").replace("\u20ac", "\\u20AC"),
                SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&#34;"),
                SECRET.replace('\u00f6', '?').replace('\u20ac', '?'),
                json.replace("\u00f6", "\\xc3\\xb6").replace("\u20ac", "\\xE2\\x82\\xAC"),
                json.replace("\u00f6", "\\xf6"),
                new String(SECRET.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
            assertThat(hide(SECRET, "GET http://host/?key=" + form + " failed"))
                    .isEqualTo("GET http://host/?key=*** failed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "ab", "abc", "joe:", "somebody:" })
    void aSecretInTheHeaderOfARequestIsHiddenWhateverSurroundsIt(String before) {
        for (String behind : List.of("", "x", "xy", "xyz")) {
            byte[] bytes = (before + SECRET + behind).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                assertThat(hide(SECRET, "{Authorization: Basic " + encoder.encodeToString(bytes) + "}"))
                        .matches("\\{Authorization: Basic .*\\*\\*\\*.{0,8}}")
                        .hasSizeLessThan(50);
            }
        }
    }

    @Test
    void severalLinesAreHiddenAsOneLineAndOneByOne() {
        String key = "-----BEGIN KEY-----\nMIIEabcd\nefghijkl\n-----END KEY-----\n";
        Redactor redactor = Redactor.ofSettings(Map.of("private_key", key));
        assertThat(redactor.hide("bad key " + key.replace('\n', ' '))).isEqualTo("bad key *** ");
        assertThat(redactor.hide("bad key " + key.replace("\n", "\\n"))).isEqualTo("bad key ***\\n");
        assertThat(redactor.hide("bad line efghijkl")).isEqualTo("bad line ***");
        assertThat(redactor.hide(key.replace("\n", ""))).doesNotContain("MIIEabcd", "efghijkl");
    }

    @Test
    void aSecretThatASentenceCutsIsHidden() {
        assertThat(hide("correct-horse", "no: correct- …")).isEqualTo("no: *** …");
        assertThat(hide("correct horse", "no: correct …")).isEqualTo("no: *** …");
        assertThat(hide("correct-horse", "no: cor …")).isEqualTo("no: cor …");
    }

    @ParameterizedTest
    @ValueSource(strings = { "%F0%9F%98%80", "%f0%9f%98%80", "\\ud83d\\ude00", "&#128512;", "&#x1F600;",
        "\u00f0\u009f\u0098\u0080", "\\xf0\\x9f\\x98\\x80" })
    void aSecretThatASentenceCutsWithinAnEncodedCharacterIsHidden(String encoded) {
        for (int length = 0; length <= encoded.length(); length++) {
            String cut = "no: word" + encoded.substring(0, length) + " …";
            assertThat(hide("word\uD83D\uDE00horse", cut)).isEqualTo("no: *** …");
            assertThat(hide("word\uD83D\uDE00horse", cut + "; try again")).isEqualTo("no: *** …; try again");
        }
        assertThat(hide("word\uD83D\uDE00horse", "no: wordily …")).isEqualTo("no: wordily …");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "@", "%", " ", "&", "\"", "'", "\\", "<", "%2F", "%25", "\u00e9", "\u65e5\u672c",
        "\uD83D\uDE00", "\n",
        "\t", "/@:?#" })
    void noCutLeavesTheBeginningOfASecretInAnyForm(String awkward) {
        String secret = "q8w3kc" + awkward + "z5n7kc";
        for (String form : List.of(secret, URLEncoder.encode(secret, UTF_8),
                URLEncoder.encode(secret, UTF_8).replace("+", "%20"),
                secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t"),
                secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;").replace("'", "&#39;"),
                new String(secret.getBytes(UTF_8), ISO_8859_1),
                new String(secret.getBytes(US_ASCII), US_ASCII))) {
            for (int length = 4; length <= form.length(); length++) {
                String cut = Sentence.of("no: " + form.substring(0, length)) + " …";
                assertThat(hide(secret, cut)).as(cut).doesNotContain("q8w3", "z5n7");
            }
        }
    }

    @Test
    void secretsThatOverlapLeaveNothingOfEither() {
        assertThat(Redactor.of(List.of("abcdef", "defghij", "cdef")).hide("<abcdefghij>")).isEqualTo("<***>");
    }

    @Test
    void namesInsteadOfStars() {
        Redactor redactor = new Redactor.Builder().secret("abcdef", "${one}").secret("defghij", "${two}").build();
        assertThat(redactor.hide("abcdef, defghij and abcdefghij")).isEqualTo("${one}, ${two} and ${one}${two}");
    }

    @Test
    void aTextWithoutSecretsIsTheSameObject() {
        String text = "nothing in here";
        assertThat(Redactor.NONE.hide(text)).isSameAs(text);
        assertThat(hide("secret-1", text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "wrong user or password", "cannot log in to web://host: wrong password",
        "login failed: wrong user or password",
        "the password is wrong", "password wrong", "wrong", "Password: wrong format", "something is wrong, try again",
        "bad password: wrong or missing", "(wrong user)", "the setting \"wrong\" is unknown", "\"wrong password\"",
        "wrongly" })
    void anOrdinaryWordStaysAmongWords(String sentence) {
        String shown = hide("wrong", sentence);
        assertThat(shown).isEqualTo(sentence.equals("wrong") ? "***" : sentence);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = { "password=wrong", "password = wrong", "\"password\":\"wrong\"",
        "{password=wrong}",
        "web://bob:wrong@host/x", "bob:wrong", "the value \"wrong\" is refused", "password: wrong",
        "the password 'wrong' is weak",
        "(wrong)", "[wrong]", "wrong@host", "Authorization: Basic am9lOndyb25n", "?token=wrong&x=1", "DOMAIN\\wrong",
        "<pw>wrong</pw>" })
    void anOrdinaryWordIsHiddenWhereItIsAValue(String text) {
        assertThat(hide("wrong", text)).contains("***").doesNotContain("wrong", "dyb25n");
    }

    @Test
    void anOrdinaryWordThatDoesNotDescribeAPasswordIsHiddenAfterThatWord() {
        assertThat(hide("access", "the password is access")).isEqualTo("the password is ***");
        assertThat(hide("access", "access denied")).isEqualTo("access denied");
        assertThat(hide("sunshine", "no sunshine today")).isEqualTo("no *** today");
    }

    @Test
    void aShortSecretIsHiddenAsAWordAndAVeryShortOneAsAValue() {
        assertThat(hide("7x3", "pin 7x3 is wrong, not 17x34")).isEqualTo("pin *** is wrong, not 17x34");
        assertThat(hide("7x", "pin 7x, port 7x, pin=7x")).isEqualTo("pin ***, port 7x, pin=***");
    }
}
