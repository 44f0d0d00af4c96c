package dev.kloset.sdk;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the values of secrets out of texts that leave the process: exceptions of libraries like to repeat what they were given.
 * Knows secrets by the names of their keys, and the password in a location. For all threads.
 */
final class HiddenSecrets {

    private static final HiddenSecrets PROCESS = new HiddenSecrets();

    private static final String SHOWN = "***";
    /** A shorter one would be found in the middle of harmless words, and is no secret for long. */
    private static final int SHORTEST = 4;
    private static final String PASSWORD_IN_LOCATION = "^[A-Za-z0-9.+-]+:(?://)?[^/@:]*:([^/@]+)@";

    /**
     * The longest first: a secret inside a longer one must not be replaced first, the rest of the longer one would stand there.
     * Replaced as a whole when one is learned.
     */
    private volatile List<String> values = List.of();

    /** By the plain one; made when a text is looked at for the first time, not while the process starts. */
    private final Map<String, Set<String>> encoded = new ConcurrentHashMap<>();

    // A class, because no start-up cache can hold the comparators that Comparator makes.
    private static final class LongestFirst implements Comparator<String> {
        @Override
        public int compare(String one, String other) {
            int longer = Integer.compare(other.length(), one.length());
            return longer == 0 ? one.compareTo(other) : longer;
        }
    }

    HiddenSecrets() {}

    /** {@return those of the one connector that this process serves} */
    static HiddenSecrets ofThisProcess() {
        return PROCESS;
    }

    void learn(Map<String, String> settings) {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String value = setting.getValue();
            if (value.indexOf('@') >= 0) {
                learnFromLocation(value);
            }
            if (looksSecret(setting.getKey()) && !value.equals("true") && !value.equals("false")) {
                add(value);
            }
        }
    }

    private void learnFromLocation(String value) {
        Matcher inLocation = Pattern.compile(PASSWORD_IN_LOCATION).matcher(value);
        if (inLocation.find()) {
            add(inLocation.group(1));
            add(decoded(inLocation.group(1)));
        }
    }

    /** {@return whether one of the words of {@code key} says so} A {@code keyspace} and an {@code author} are none. */
    private static boolean looksSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        int start = 0;
        for (int end = 0; end <= lower.length(); end++) {
            if (end == lower.length() || !isOfWord(lower.charAt(end))) {
                if (isSecret(lower.substring(start, end))) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    private static boolean isOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isSecret(String word) {
        return word.startsWith("pass") || word.startsWith("pwd") || word.startsWith("secret")
                || word.startsWith("token")
                || word.startsWith("credential") || word.endsWith("key") || word.equals("auth");
    }

    private synchronized void add(String value) {
        if (value.length() >= SHORTEST && !values.contains(value)) {
            List<String> more = new ArrayList<>(values);
            more.add(value);
            more.sort(new LongestFirst());
            values = List.copyOf(more);
        }
    }

    /** A percent sign that stands for itself leaves the text as it is. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** {@return {@code text} with stars instead of secrets} */
    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            if (hidden.contains(value)) {
                hidden = hidden.replace(value, SHOWN);
            }
        }
        for (String value : values) {
            for (String form : encoded.computeIfAbsent(value, EncodedSecret::of)) {
                if (hidden.contains(form)) {
                    hidden = hidden.replace(form, SHOWN);
                }
            }
        }
        return hidden;
    }
}
