package dev.kloset;

import dev.kloset.internal.LocationText;
import dev.kloset.internal.NearestWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of one setting, and says what it should have been. Never repeats a text of the user. */
final class SettingText {

    /** An entry of text in a list: no blanks at its ends, and a comma or a backslash only after a backslash. */
    private static final String ENTRY = "(?:[^,\\\\\\u0000 ]|\\\\[,\\\\])[^,\\\\\\u0000]*(?:\\\\[,\\\\][^,\\\\\\u0000]*)*";

    private SettingText() {}

    /**
     * {@return the value of {@code text}}
     *
     * @throws IllegalArgumentException with the rest of a sentence that begins with the setting
     */
    static Object parse(ConfigSetting setting, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty; leave it out or give it " + kind(setting));
        }
        if (!setting.isList()) {
            return one(setting, text);
        }
        if (!Pattern.matches(pattern(setting), text)) {
            throw new IllegalArgumentException("must be " + kind(setting) + mean(setting, entries(text).getLast()));
        }
        List<Object> values = new ArrayList<>();
        for (String entry : entries(text)) {
            values.add(one(setting, entry));
        }
        return List.copyOf(values);
    }

    private static Object one(ConfigSetting setting, String text) {
        Object value = switch (setting.type()) {
            case CHOICE -> setting.choice(text);
            case REMOTE -> RemoteLocation.parse(text, setting.defaultPort()).orElse(null);
            case CLUSTER -> ClusterLocation.parse(text, setting.defaultPort()).orElse(null);
            case HOSTS -> hosts(setting, text);
            case SPLIT -> Split.parse(text).orElse(null);
            case JARS -> jars(setting, text);
            default -> plain(setting, text);
        };
        if (value == null) {
            throw new IllegalArgumentException(
                    "must be " + kind(setting) + mean(setting, text) + escape(setting, text));
        }
        bounds(setting, value);
        return value;
    }

    /** Users write a password unescaped, and a separator in it would end it earlier than they meant. */
    private static String escape(ConfigSetting setting, String text) {
        return setting.type() == SettingType.REMOTE && LocationText.of(text).isAmbiguous()
                ? "; in user and password write %2F for /, %3F for ?, %23 for #, %40 for @ and %3A for :"
                : "";
    }

    @SuppressWarnings("UnusedException") // A message of the JDK repeats the text.
    private static @Nullable Object plain(ConfigSetting setting, String text) {
        boolean own = !setting.isList() && !setting.ownPattern().isEmpty();
        if (own ? !Pattern.matches(pattern(setting), text) : !setting.type().matches(text)) {
            return null;
        }
        try {
            return setting.type().parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The jars know their setting, because they are looked at later. */
    private static @Nullable Object jars(ConfigSetting setting, String text) {
        return plain(setting, text) instanceof ExtensionJars jars
                ? ExtensionJars.in(jars.directory(), setting.key())
                : null;
    }

    private static @Nullable HostList hosts(ConfigSetting setting, String text) {
        return Pattern.matches(HostList.pattern(), text) ? HostList.parse(text, setting.defaultPort()) : null;
    }

    /** Without lambdas: linking the first one takes longer than the rest of the binding. */
    private static void bounds(ConfigSetting setting, Object value) {
        Optional<String> min = setting.min();
        Optional<String> max = setting.max();
        if (min.isPresent() && compare(setting, value, min.get()) < 0
                || max.isPresent() && compare(setting, value, max.get()) > 0) {
            throw new IllegalArgumentException("must be " + kind(setting));
        }
    }

    private static int compare(ConfigSetting setting, Object value, String bound) {
        return setting.type().compare(value, setting.type().parse(bound));
    }

    private static String mean(ConfigSetting setting, String text) {
        if (setting.type() != SettingType.CHOICE) {
            return "";
        }
        return NearestWord.question(text, setting.mainWords());
    }

    /** {@return the entries of a list: between commas, without the blanks around them} */
    private static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                entries.add(entry.toString().strip());
                entry.setLength(0);
            } else {
                entry.append(c == '\\' && i + 1 < text.length() ? text.charAt(++i) : c);
            }
        }
        entries.add(entry.toString().strip());
        return entries;
    }

    /** {@return the regular expression for the whole text of {@code setting}, also for its schema} */
    static String pattern(ConfigSetting setting) {
        String one = switch (setting.type()) {
            case CHOICE -> "(?:" + String.join("|", setting.words()) + ")";
            case REMOTE -> RemoteLocation.pattern(setting.defaultPort() > 0);
            case CLUSTER -> ClusterLocation.pattern();
            case HOSTS -> HostList.pattern();
            case SPLIT -> Split.pattern();
            case TEXT -> setting.ownPattern().isEmpty() ? setting.type().pattern() : "(?:" + setting.ownPattern() + ")";
            default -> setting.type().pattern();
        };
        if (!setting.isList()) {
            return one;
        }
        String entry = " *" + entryPattern(setting, one) + " *";
        return entry + "(?:," + entry + ")*";
    }

    /**
     * A pattern cannot express the bounds of a number inside a text, so the number of digits keeps the number from being too
     * large.
     */
    private static String entryPattern(ConfigSetting setting, String one) {
        return switch (setting.type()) {
            case TEXT, PATH -> ENTRY;
            case INTEGER -> "-?(?:0|[1-9][0-9]{0,8})";
            case LONG -> "-?(?:0|[1-9][0-9]{0,17})";
            default -> one;
        };
    }

    /** {@return what the setting accepts, in words with its bounds} */
    static String kind(ConfigSetting setting) {
        String words = switch (setting.type()) {
            case CHOICE -> "one of " + String.join(", ", setting.mainWords());
            case BOOLEAN -> "true or false";
            case TEXT -> setting.ownPattern().isEmpty() ? "a text" : "a text that matches " + setting.ownPattern();
            case REMOTE, CLUSTER, HOSTS -> "a " + setting.type().words()
                    + (setting.defaultPort() > 0 ? " (without a port it is " + setting.defaultPort() + ")" : "");
            default -> "a " + setting.type().words();
        };
        String bounds = setting.min().isPresent() && setting.max().isPresent()
                ? " from " + setting.min().get() + " to " + setting.max().get()
                : setting.min().map(min -> " of at least " + min).orElse("")
                        + setting.max().map(max -> " of at most " + max).orElse("");
        return (setting.isList() ? "a list, with commas, of: " : "") + words + bounds;
    }
}
