package dev.kloset.wire.recording;

import dev.kloset.Location;
import dev.kloset.internal.FoundSecrets;
import dev.kloset.internal.LocationText;
import dev.kloset.internal.Redactor;
import dev.kloset.internal.SecretKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a configuration, which must not be recorded, and the names that stand for them: {@code ${key}}. Immutable.
 *
 * <p>This also works in reverse: a text with such names, and the values of another configuration, give what would have been said
 * with that one.
 */
final class Secrets {

    static final Secrets NONE = new Secrets(Map.of());

    private static final String LOCATION = "location";
    /** Shorter values turn up everywhere by chance; they are hidden only where they stand as a word in an error. */
    private static final int CHARACTERISTIC = 4;
    private static final int MAX_NAMED = 1000;
    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");

    private final Map<String, String> values; // by name
    private final Redactor characteristic;
    private final Redactor any;

    private Secrets(Map<String, String> values) {
        this.values = values;
        Redactor.Builder longer = new Redactor.Builder();
        Redactor.Builder all = new Redactor.Builder();
        // By name: if one value has several names, the first counts, so that it is the same in every run.
        new TreeMap<>(values).forEach((name, value) -> {
            String mark = "${" + name + "}";
            if (value.length() < CHARACTERISTIC) {
                all.word(value, mark);
            } else if (SecretKeys.isSecret(name)) {
                longer.secret(value, mark);
                all.secret(value, mark);
            } else {
                longer.text(value, mark);
                all.text(value, mark);
            }
        });
        this.characteristic = longer.build();
        this.any = all.build();
    }

    /** {@return these values and those of {@code more}} A key that has another value there gets a number. */
    Secrets and(Secrets more) {
        Map<String, String> all = new HashMap<>(values);
        more.values.forEach((name, value) -> {
            String free = name;
            for (int number = 2; all.containsKey(free) && !value.equals(all.get(free)); number++) {
                free = name + "#" + number;
            }
            all.put(free, value);
        });
        return new Secrets(Map.copyOf(all));
    }

    /** {@return the values of {@code config}, and parts and spellings of them that could turn up alone} */
    static Secrets of(Map<String, String> config) {
        Map<String, String> named = new HashMap<>();
        config.entrySet().stream().limit(MAX_NAMED).forEach(entry -> name(named, entry.getKey(), entry.getValue()));
        String location = config.get(LOCATION);
        if (location != null) {
            nameParts(named, location);
        }
        config.entrySet()
                .stream()
                .limit(MAX_NAMED)
                .forEach(entry -> nameSecrets(named, entry.getKey(), entry.getValue()));
        return new Secrets(Map.copyOf(named));
    }

    /** {@code user:password@host/path?key=value}, of which any part may be missing. */
    private static void nameParts(Map<String, String> named, String text) {
        LocationText location = LocationText.of(text);
        name(named, LOCATION + ".path", Location.parse(text).path());
        name(named, LOCATION + ".user", location.user().orElse(""));
        name(named, LOCATION + ".password", location.possiblePassword() == null ? "" : location.possiblePassword());
        String place = location.isAmbiguous() ? text.substring(text.lastIndexOf('@') + 1) : location.place();
        int query = place.indexOf('?');
        String rest = query < 0 ? place : place.substring(0, query);
        int slash = rest.indexOf('/');
        name(named, LOCATION + ".host", slash < 0 ? rest : rest.substring(0, slash));
        name(named, LOCATION + ".directory", slash < 0 ? "" : rest.substring(slash));
        name(named, LOCATION + ".name", rest.substring(rest.lastIndexOf('/') + 1));
        for (String parameter : query < 0 ? new String[0] : place.substring(query + 1).split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            name(named, LOCATION + ".?" + pair[0], pair.length > 1 ? pair[1] : "");
        }
    }

    private static void name(Map<String, String> named, String key, String value) {
        if (value.isBlank() || value.equals("true") || value.equals("false") || value.equals("/")) {
            return;
        }
        named.putIfAbsent(key, value);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        if (!encoded.equals(value)) {
            named.putIfAbsent(key + ":encoded", encoded);
        }
    }

    /** Number whatever could be a secret in a value, or a part of one. */
    private static void nameSecrets(Map<String, String> named, String key, String value) {
        int number = 1;
        for (String secret : FoundSecrets.of(key, value, false)) {
            if (!named.containsValue(secret)) {
                named.put((key.equals(LOCATION) ? LOCATION + ".password" : key) + ":" + number++, secret);
            }
        }
    }

    /** {@return {@code text} with names in place of values that are long enough to be meant} */
    String hide(String text) {
        return characteristic.hide(text);
    }

    /** {@return an error's text with names in place of values; of short ones too where they are words} */
    String hideInError(String text) {
        return any.hide(text);
    }

    /** {@return {@code text} with these values in place of their names; names that are not known stay} */
    String reveal(String text) {
        return NAME.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /** {@return scheme and shape of a location: every letter and digit after the scheme becomes a star} */
    static String shape(String location) {
        String hidden = LocationText.of(location).shown("*");
        String proto = Location.parse(hidden).proto();
        String path = hidden.startsWith(proto + "://") ? hidden.substring(proto.length() + 3) : hidden;
        String stars = path.replaceAll("[^/@:?&=]+", "*");
        return hidden.startsWith(proto + "://") ? proto + "://" + stars : stars;
    }
}
