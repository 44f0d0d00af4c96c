package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Options;
import dev.kloset.wire.codec.InitRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Forty passwords, awkward in every way, each in a location, a declared setting, other settings and URLs; and a search for
 * their parts.
 */
final class AwkwardPasswords {

    private static final List<String> AWKWARD = List.of("", "/", "@", ":", "?", "#", "%", " ", "&", "=", ";", ",", "+",
            "\"", "'", "\\",
            "<", ">", "{", "}", "[", "]", "|", "^", "`", "~", "$", "*", "()", "%2F", "%40", "%25", "\u00e9",
            "\u65e5\u672c",
            "\uD83D\uDE00", "\n", "\t", "://", "@h/", "/@:?#");

    static final int COUNT = AWKWARD.size();

    /** The beginnings of the first and the second half of a password. */
    private static final String FIRST = "q8w3";
    private static final String SECOND = "z5n7";

    /** "bob:" and the beginning of a password in Base64, limited to what that half alone determines. */
    private static final String ENCODED = Base64.getEncoder()
            .encodeToString("bob:q8w3".getBytes(StandardCharsets.UTF_8))
            .substring(6, 10);

    private AwkwardPasswords() {}

    static String password(int number) {
        return FIRST + number + "kc" + AWKWARD.get(number) + SECOND + number + "kc";
    }

    static Map<String, String> settings(int number) {
        String password = password(number);
        Map<String, String> settings = new TreeMap<>();
        settings.put("location", "web://bob:" + password + "@127.0.0.1:1/x");
        settings.put("client_id", password);
        settings.put("url", "jdbc:postgresql://bob:" + password + "@127.0.0.1/db");
        settings.put("address", "jdbc:x://127.0.0.1/db?secret_access_key=" + password);
        settings.put(new String[]{ "authorization", "cookie", "dsn", "dbPassword" }[number % 4], password);
        return settings;
    }

    /** {@return all settings together, for tests that take a process each} */
    static Map<String, String> allSettings() {
        Map<String, String> all = new TreeMap<>(settings(COUNT - 1));
        for (int i = 0; i < COUNT; i++) {
            all.put("password_" + i, password(i));
            all.put("url_" + i, "web+tls://bob:" + password(i) + "@127.0.0.1:1/x");
        }
        return all;
    }

    static ByteBuffer init(Map<String, String> settings) {
        return new InitRequest(Options.builder().hostname("here").build(), "web", settings).encode();
    }

    /** Check that each of these signs appeared where it could be seen, and that no part of a password did. */
    static void assertShownNowhere(List<String> everything, String... signs) {
        for (String sign : signs) {
            assertThat(everything.stream().anyMatch(text -> text.contains(sign)))
                    .as("%s was where it could be seen", sign)
                    .isTrue();
        }
        List<String> seen = new ArrayList<>();
        for (String text : everything) {
            text.lines().filter(AwkwardPasswords::isShown).limit(3).map(AwkwardPasswords::around).forEach(seen::add);
        }
        assertThat(seen).isEmpty();
    }

    /** {@return whether {@code text} contains a part of a password} */
    static boolean isShown(String text) {
        return text.contains(FIRST) || text.contains(SECOND) || text.contains(ENCODED);
    }

    /** {@return the surroundings in a long line} */
    private static String around(String line) {
        int at = Stream.of(FIRST, SECOND, ENCODED).mapToInt(line::indexOf).filter(i -> i >= 0).min().orElse(0);
        return line.substring(Math.max(0, at - 120), Math.min(line.length(), at + 120));
    }
}
