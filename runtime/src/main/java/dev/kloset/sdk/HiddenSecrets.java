package dev.kloset.sdk;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
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
    private static final Pattern PASSWORD_IN_LOCATION = Pattern.compile("^[A-Za-z0-9.+-]+:(?://)?[^/@:]*:([^/@]+)@");

    /** A secret inside a longer one must not be replaced first: the rest of the longer one would stand there. */
    private final Set<String> values = new ConcurrentSkipListSet<>(new LongestFirst());

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
            Matcher inLocation = PASSWORD_IN_LOCATION.matcher(value);
            if (inLocation.find()) {
                add(inLocation.group(1));
                add(decoded(inLocation.group(1)));
            }
            if (looksSecret(setting.getKey()) && !value.equals("true") && !value.equals("false")) {
                add(value);
            }
        }
    }

    /** {@return whether one of the words of {@code key} says so} A {@code keyspace} and an {@code author} are none. */
    private static boolean looksSecret(String key) {
        for (String word : key.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
            if (word.startsWith("pass") || word.startsWith("pwd") || word.startsWith("secret")
                    || word.startsWith("token") || word.startsWith("credential") || word.endsWith("key")
                    || word.equals("auth")) {
                return true;
            }
        }
        return false;
    }

    private void add(String value) {
        if (value.length() >= SHORTEST) {
            values.add(value);
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
