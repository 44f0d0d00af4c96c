package dev.kloset.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of user and password in a location such as {@code proto://user:password@host:port/path?key=value}, also after
 * several schemes ({@code jdbc:postgresql://...}) and with several hosts. Immutable.
 *
 * <p>It reads in two ways. Code that <em>uses</em> a location gets the meaning that the URI standard defines: user and password
 * end at the last {@code @} before the first {@code /}, {@code ?} or {@code #}. Code that <em>hides</em> gets everything that
 * could be meant as a password: users write one unescaped, with any character that ends it by the standard, and the sentence that
 * explains the mistake must not show it. So that text may reach from the first colon to the last {@code @}.
 */
public final class LocationText {

    /** The replacement for a secret. */
    public static final String HIDDEN = "***";

    private static final int NONE = -1;

    private final String text;
    private final int start; // after the schemes
    private final int colon; // before what could be a password, or NONE
    private final int at; // after what could be a password, or a user alone; or NONE
    private final int standardAt; // after user and password by the standard, or NONE

    private LocationText(String text, int start) {
        this.text = text;
        this.start = start;
        boolean noHost = start < text.length() && text.charAt(start) == '/';
        this.standardAt = noHost ? NONE : lastAt(text, start, endOfAuthority(text, start));
        this.at = noHost ? NONE : lastAt(text, start, text.length());
        this.colon = at < 0 ? NONE : separator(text, start, at);
    }

    /** {@return {@code text}, read} It treats everything as a location, also a text without a scheme. */
    public static LocationText of(String text) {
        return new LocationText(text, behindSchemes(text));
    }

    /** {@return whether {@code text} can hold anything of interest} Most locations do not, and need not be read. */
    public static boolean isWorthReading(String text) {
        return text.indexOf('@') >= 0 || text.indexOf('=') >= 0;
    }

    private static int behindSchemes(String text) {
        int slashes = text.indexOf("://");
        if (slashes > 0 && isChainOfSchemes(text, slashes)) {
            return slashes + 3;
        }
        int end = text.indexOf(':');
        if (end < 2 || !isChainOfSchemes(text, end)) {
            return 0;
        }
        if (text.startsWith("jdbc:")) {
            int driver = text.indexOf(':', end + 1);
            int way = text.startsWith("oracle", end + 1) && driver > 0 ? text.indexOf(':', driver + 1) : driver;
            end = way > 0 ? way : end;
        }
        return text.startsWith("//", end + 1) ? end + 3 : end + 1;
    }

    private static boolean isChainOfSchemes(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!SecretKeys.isOfWord(c) && c != '+' && c != '-' && c != '.' && (c != ':' || i == 0)) {
                return false;
            }
        }
        return true;
    }

    private static int endOfAuthority(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return text.length();
    }

    private static int lastAt(String text, int start, int end) {
        int last = end == 0 ? NONE : text.lastIndexOf('@', end - 1);
        return last < start ? NONE : last;
    }

    /** {@return the separator of user and password: a colon, or the slash of Oracle's {@code scott/tiger@}; or NONE} */
    private static int separator(String text, int start, int at) {
        int from = start;
        if (text.startsWith("[", start)) { // an IPv6 address
            from = Math.max(start, text.indexOf(']', start));
        }
        int colon = text.indexOf(':', from);
        int slash = text.startsWith("jdbc:oracle") ? text.indexOf('/', from) : NONE;
        int first = colon < 0 || slash >= 0 && slash < colon ? slash : colon;
        return first < at ? first : NONE;
    }

    /** {@return the user by the standard, percent-decoded, if there is one} */
    public Optional<String> user() {
        return Optional.ofNullable(standard(true));
    }

    /** {@return the password by the standard, percent-decoded, if there is one} */
    public Optional<String> password() {
        return Optional.ofNullable(standard(false));
    }

    private @Nullable String standard(boolean first) {
        if (standardAt < 0) {
            return null;
        }
        int between = text.indexOf(':', start);
        boolean both = between >= 0 && between < standardAt;
        if (first) {
            return decoded(text.substring(start, both ? between : standardAt));
        }
        return both ? decoded(text.substring(between + 1, standardAt)) : null;
    }

    /** {@return the part after user and password by the standard: host, port and path} */
    public String place() {
        return text.substring(standardAt < 0 ? start : standardAt + 1);
    }

    /** {@return whether there is an {@code @} that by the standard does not end a user, so that a password may have been meant} */
    public boolean isAmbiguous() {
        return colon >= 0 && at != standardAt;
    }

    /** {@return everything that could be the password, as it is written, or null} */
    public @Nullable String possiblePassword() {
        return colon < 0 ? null : text.substring(colon + 1, at);
    }

    /**
     * {@return whether what could be user and password is far more likely to be a host and a port} If so, {@code @} is a
     * character of the path.
     */
    boolean looksLikeHostAndPort() {
        return standardAt < 0 && colon >= 0 && isPort(text, colon + 1);
    }

    private static boolean isPort(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end > from && end - from <= 5 && end < text.length() && text.charAt(end) == '/';
    }

    /**
     * {@return the location with {@code mark} in the place of everything that could be a secret} The end of a secret parameter is
     * uncertain, so nothing after it is shown.
     */
    public String shown(String mark) {
        int parameter = Parameters.firstSecret(text, start);
        int end = parameter < 0 ? text.length() : parameter;
        if (colon < 0 || colon >= end || at > end && looksLikeHostAndPort()) {
            return parameter < 0 ? text : text.substring(0, end).concat(mark);
        }
        String before = text.substring(0, colon + 1).concat(mark);
        return at > end ? before : before + text.substring(at, end) + (parameter < 0 ? "" : mark);
    }

    /** {@return the location with stars in the place of everything that could be a secret} */
    public String shown() {
        return shown(HIDDEN);
    }

    /** {@return the location without user and password, and with stars in the place of other secrets} */
    public String withoutUser() {
        int parameter = Parameters.firstSecret(text, start);
        if (at < 0 || colon < 0 && at != standardAt || parameter >= 0 && parameter < at) {
            return shown();
        }
        return text.substring(0, start) + (isAmbiguous() ? "***@" : "")
                + (parameter < 0 ? text.substring(at + 1) : text.substring(at + 1, parameter).concat(HIDDEN));
    }

    /** {@return {@code text}, percent-decoded} If a percent sign in it stands for itself, the whole text stays as it is. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
