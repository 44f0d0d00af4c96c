package dev.kloset.wire.recording;

import dev.kloset.Location;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a configuration, which must not be written down, and the names that stand for them: {@code ${key}}. Immutable.
 *
 * <p>The same goes backwards: a text with such names and the values of another configuration give what the other one would
 * have said.
 */
public final class Secrets {

    public static final Secrets NONE = new Secrets(Map.of());

    private static final String LOCATION = "location";
    /** Shorter values are everywhere by chance; they are hidden only where they stand as a word in an error. */
    private static final int CHARACTERISTIC = 4;
    private static final int MAX_NAMED = 1000;
    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");

    private final Map<String, String> values; // by name
    private final Map<String, String> names = new HashMap<>(); // by value
    private final Pattern characteristic;
    private final Pattern any;

    private Secrets(Map<String, String> values) {
        this.values = values;
        values.forEach(
                (name, value) -> names.merge(value, name, (one, other) -> one.compareTo(other) < 0 ? one : other));
        List<String> longestFirst = names.keySet()
                .stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String longer = alternatives(longestFirst.stream().filter(value -> value.length() >= CHARACTERISTIC).toList());
        String shorter = alternatives(longestFirst.stream().filter(value -> value.length() < CHARACTERISTIC).toList());
        this.characteristic = Pattern.compile(longer);
        this.any = Pattern.compile(longer + "|(?<![\\p{L}\\p{N}])(?:" + shorter + ")(?![\\p{L}\\p{N}])");
    }

    private static String alternatives(List<String> texts) {
        // An expression that nothing matches, if there is no text.
        return texts.isEmpty() ? "(?!)" : texts.stream().map(Pattern::quote).collect(Collectors.joining("|"));
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
    public static Secrets of(Map<String, String> config) {
        Map<String, String> named = new HashMap<>();
        config.entrySet().stream().limit(MAX_NAMED).forEach(entry -> name(named, entry.getKey(), entry.getValue()));
        String location = config.get(LOCATION);
        if (location != null) {
            nameParts(named, Location.parse(location).path());
        }
        return new Secrets(Map.copyOf(named));
    }

    /** What stands behind the scheme: {@code user:password@host/path?key=value}, any part of it missing. */
    private static void nameParts(Map<String, String> named, String whole) {
        name(named, LOCATION + ".path", whole);
        int query = whole.indexOf('?');
        String place = query < 0 ? whole : whole.substring(0, query);
        int at = place.lastIndexOf('@');
        if (at >= 0) {
            String[] user = place.substring(0, at).split(":", 2);
            name(named, LOCATION + ".user", user[0]);
            name(named, LOCATION + ".password", user.length > 1 ? user[1] : "");
        }
        String rest = place.substring(at + 1);
        int slash = rest.indexOf('/');
        name(named, LOCATION + ".host", slash < 0 ? rest : rest.substring(0, slash));
        name(named, LOCATION + ".directory", slash < 0 ? "" : rest.substring(slash));
        name(named, LOCATION + ".name", rest.substring(rest.lastIndexOf('/') + 1));
        for (String parameter : query < 0 ? new String[0] : whole.substring(query + 1).split("&", -1)) {
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
        // An error may quote a value of several lines line by line, or as one line.
        if (value.indexOf('\n') >= 0) {
            int number = 1;
            for (String line : value.lines().filter(one -> one.length() >= CHARACTERISTIC).toList()) {
                named.putIfAbsent(key + ":" + number++, line);
            }
        }
    }

    /** {@return {@code text} with names in place of values that are long enough to be meant} */
    public String hide(String text) {
        return hide(characteristic, text);
    }

    /** {@return an error's text with names in place of values; of short ones too where they are words} */
    public String hideInError(String text) {
        return hide(any, text);
    }

    private String hide(Pattern pattern, String text) {
        return pattern.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement("${" + names.get(match.group()) + "}"));
    }

    /** {@return {@code text} with these values in place of their names; names that are not known stay} */
    public String reveal(String text) {
        return NAME.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }

    /** {@return scheme and shape of a location: every letter and digit behind the scheme is a star} */
    static String shape(String location) {
        String proto = Location.parse(location).proto();
        String path = location.startsWith(proto + "://") ? location.substring(proto.length() + 3) : location;
        String stars = path.replaceAll("[^/@:?&=]+", "*");
        return location.startsWith(proto + "://") ? proto + "://" + stars : stars;
    }
}
