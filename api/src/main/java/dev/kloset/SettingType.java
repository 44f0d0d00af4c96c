package dev.kloset;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The meaning of a setting's text. */
public enum SettingType {
    /** A String. */
    TEXT("text", "[^\\u0000]+"),
    /** A {@link Secret}. */
    SECRET("secret", "[^\\u0000]+"),
    /** An {@code int}. */
    INTEGER("whole number", "-?(?:0|[1-9][0-9]{0,18})"),
    /** A {@code long}. */
    LONG("whole number", "-?(?:0|[1-9][0-9]{0,18})"),
    /** A {@code double}. */
    DECIMAL("number", "-?(?:0|[1-9][0-9]{0,18})(?:\\.[0-9]{1,18})?"),
    /** A {@code boolean}. */
    BOOLEAN("true or false", "(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)"),
    /** A {@link java.time.Duration}. */
    DURATION("duration such as 30s, 5m or 1h30m", Durations.PATTERN),
    /** A {@link ByteSize}. */
    SIZE("size such as 512kB or 16MiB", ByteSize.PATTERN),
    /** A {@link java.net.URI}. */
    URI("URI such as https://host/path",
            "[a-zA-Z][a-zA-Z0-9+.-]*://(?:(?:[A-Za-z0-9._~@:-]+|\\[[0-9A-Fa-f:]+\\](?::[0-9]+)?)"
                    + "(?:[/?]" + SettingType.URI_TEXT + ")?|/" + SettingType.URI_TEXT + ")"),
    /** A {@link java.nio.file.Path}. */
    PATH("path", "[^\\u0000]+"),
    /** {@link ExtensionJars}. */
    JARS("directory of jars", "[^\\u0000]+"),
    /** One of the constants of an enum. */
    CHOICE("choice", ""),
    /** A {@link Location}. */
    LOCATION("location", "[^\\u0000]+"),
    /** A {@link RemoteLocation}. */
    REMOTE("location such as proto://user@host:port/path", ""),
    /** A {@link ClusterLocation}. */
    CLUSTER("location such as proto://host:port,host:port/path", ""),
    /** A {@link HostList}. */
    HOSTS("list of hosts such as db1:5432,[::1]:5432", ""),
    /** A {@link Split}. */
    SPLIT("part such as 2/3, the second of three", ""),
    /** The component that takes the settings that no other component takes. */
    REMAINING("", "");

    private static final String URI_TEXT = "(?:[A-Za-z0-9._~!$&'()*+;=:@/?-]|%[0-9A-Fa-f]{2})*";

    private final String words;
    private final String pattern;

    SettingType(String words, String pattern) {
        this.words = words;
        this.pattern = pattern;
    }

    /** {@return what the user has to write, in words} */
    String words() {
        return words;
    }

    /** {@return a regular expression for the whole text, which Java and JSON Schema understand alike} */
    String pattern() {
        return pattern;
    }

    /**
     * {@return whether {@code text} matches the pattern} The types that most connectors have need no regular expression for that:
     * the first one in a process adds half a millisecond to every start.
     */
    boolean matches(String text) {
        return switch (this) {
            case TEXT, SECRET, PATH, JARS, LOCATION -> !text.isEmpty() && text.indexOf('\0') < 0;
            case BOOLEAN -> switch (text) {
                case "1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False" -> true;
                default -> false;
            };
            default -> Pattern.matches(pattern, text);
        };
    }

    /** {@return whether a setting of this type is the location itself} */
    boolean isLocation() {
        return this == LOCATION || this == REMOTE || this == CLUSTER;
    }

    boolean hasBounds() {
        return this == INTEGER || this == LONG || this == DECIMAL || this == DURATION || this == SIZE;
    }

    /**
     * {@return the value of a text that matches the pattern}
     *
     * @throws IllegalArgumentException if it has no value all the same
     */
    Object parse(String text) {
        return switch (this) {
            case TEXT -> text;
            case SECRET -> Secret.of(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case DECIMAL -> Double.valueOf(text);
            case BOOLEAN -> text.equals("1") || text.charAt(0) == 't' || text.charAt(0) == 'T';
            case DURATION -> Durations.parse(text);
            case SIZE -> ByteSize.parse(text);
            case URI -> uri(text);
            case PATH -> path(text);
            case JARS -> ExtensionJars.in(path(text));
            case LOCATION -> Location.parse(text);
            case CHOICE, REMOTE, CLUSTER, HOSTS, SPLIT, REMAINING -> throw new IllegalArgumentException("not one text");
        };
    }

    /** {@return the order of a value among the others of its type} */
    int compare(Object value, Object other) {
        // Not a switch over the types: no start-up cache can hold the linked call site.
        if (value instanceof Duration duration) {
            return duration.compareTo((Duration) other);
        }
        if (value instanceof ByteSize size) {
            return Long.compare(size.bytes(), ((ByteSize) other).bytes());
        }
        if (value instanceof Double number) {
            // Not Double.compare, to which -0 is less than 0.
            return number < (Double) other ? -1 : number > (Double) other ? 1 : 0;
        }
        return Long.compare(((Number) value).longValue(), ((Number) other).longValue());
    }

    // The messages of the JDK repeat the text, which may be secret.
    @SuppressWarnings("UnusedException")
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URI");
        }
    }

    @SuppressWarnings("UnusedException")
    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path on this system: " + e.getReason());
        }
    }
}
