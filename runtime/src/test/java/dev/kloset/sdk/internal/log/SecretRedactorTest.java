package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is also found where a library has encoded it. */
class SecretRedactorTest {

    private static final String SECRET = "s3cret/wörd+";

    private final SecretRedactor hidden = new SecretRedactor();

    SecretRedactorTest() {
        hidden.learn(Map.of("access_password", SECRET), null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a", "ab", "abc", "joe:", "somebody:" })
    void aSecretInTheHeaderOfARequestIsHiddenWhateverSurroundsIt(String before) {
        for (String behind : new String[]{ "", "x", "xy", "xyz" }) {
            byte[] bytes = (before + SECRET + behind).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : new Base64.Encoder[]{ Base64.getEncoder(), Base64.getUrlEncoder() }) {
                String text = hidden.hide("{Authorization: Basic " + encoder.encodeToString(bytes) + "}");
                assertThat(text).matches("\\{Authorization: Basic .*\\*\\*\\*.{0,8}}");
                assertThat(text).hasSizeLessThan(50);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "s3cret/wörd+", "s3cret%2Fw%C3%B6rd%2B" })
    void aSecretIsHiddenPlainAndInAUri(String form) {
        assertThat(hidden.hide("GET http://host/?key=" + form + " failed"))
                .isEqualTo("GET http://host/?key=*** failed");
    }
}
