package dev.kloset.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything in one setting that could be a secret, including the parts that a library may show when it parses a secret
 * differently from what the user meant.
 */
public final class FoundSecrets {

    private static final String ENDS = "/@:?#&,;";
    private static final int MAX_PIECES = 64;
    /** A shorter line is found as a part of the whole, or not at all. */
    private static final int SHORTEST_LINE = 4;

    private FoundSecrets() {}

    /**
     * {@return the secrets of a setting, each once}
     *
     * @param declared whether the author has declared the setting secret; otherwise its key and its value decide
     */
    public static Set<String> of(String key, String value, boolean declared) {
        List<String> found = new ArrayList<>();
        if ((declared || SecretKeys.isSecret(key)) && !isTruth(value)) {
            whole(found, value);
        }
        if (LocationText.isWorthReading(value)) {
            locations(found, value);
        }
        if (value.indexOf('=') >= 0 || value.indexOf(':') >= 0) {
            Parameters.addTo(found, value);
        }
        Set<String> secrets = new LinkedHashSet<>();
        for (String one : found) {
            add(secrets, one);
            add(secrets, LocationText.decoded(one));
        }
        return secrets;
    }

    private static boolean isTruth(String value) {
        return value.equals("true") || value.equals("false");
    }

    private static void add(Set<String> secrets, String secret) {
        String stripped = secret.strip();
        if (!stripped.isEmpty() && !isTruth(stripped)) {
            secrets.add(stripped);
            if (stripped.indexOf('\n') >= 0 || stripped.indexOf('\r') >= 0) {
                lines(secrets, stripped);
            }
        }
    }

    /** An error may repeat one line, or all of them without their separators. */
    private static void lines(Set<String> secrets, String text) {
        for (String line : text.split("[\r\n]+", -1)) {
            String stripped = line.strip();
            if (stripped.length() >= SHORTEST_LINE && !stripped.startsWith("-----")) {
                secrets.add(stripped);
            }
        }
    }

    /** A header has its secret after a word, a list has several. */
    private static void whole(List<String> found, String value) {
        found.add(value);
        int word = value.indexOf(' ');
        if (word > 0 && isWayToAuthenticate(SecretKeys.lower(value, 0, word))) {
            found.add(value.substring(word + 1));
        }
        if (value.indexOf(',') > 0) {
            for (String entry : value.split("(?<!\\\\),", -1)) {
                found.add(entry.replace("\\,", ",").replace("\\\\", "\\"));
            }
        }
    }

    private static boolean isWayToAuthenticate(String word) {
        return switch (word) {
            case "basic", "bearer", "digest", "token", "negotiate", "apikey" -> true;
            default -> false;
        };
    }

    /** One value may hold several of them, between commas, semicolons or blanks. */
    private static void locations(List<String> found, String value) {
        int start = 0;
        for (int next = value.indexOf("://"); next >= 0; next = value.indexOf("://", next + 3)) {
            int scheme = next;
            while (scheme > start && SecretKeys.isOfWord(value.charAt(scheme - 1))) {
                scheme--;
            }
            if (scheme > start && ",;| \t\n".indexOf(value.charAt(scheme - 1)) >= 0) {
                location(found, value.substring(start, scheme - 1));
                start = scheme;
            }
        }
        location(found, value.substring(start));
        if (start > 0) {
            location(found, value); // or it was one password after all
        }
    }

    private static void location(List<String> found, String text) {
        LocationText location = LocationText.of(text);
        String possible = location.possiblePassword();
        if (possible == null) {
            return;
        }
        found.add(possible);
        if (location.looksLikeHostAndPort()) {
            // Probably no location: hidden only where it looks like one.
            for (int slash = possible.indexOf('/'); slash >= 0; slash = possible.indexOf('/', slash + 1)) {
                found.add(possible.substring(slash) + "@");
            }
            return;
        }
        pieces(found, possible);
    }

    /** Another parser takes the part before a slash for the port, and the part after it for a path. */
    private static void pieces(List<String> found, String password) {
        int last = 0;
        int pieces = 0;
        for (int i = 0; i < password.length() && pieces < MAX_PIECES; i++) {
            if (ENDS.indexOf(password.charAt(i)) >= 0) {
                found.add(password.substring(0, i));
                found.add(password.substring(last, i));
                found.add(password.substring(i + 1));
                last = i + 1;
                pieces++;
            }
        }
        if (last > 0) {
            found.add(password.substring(last));
        }
    }
}
