package dev.kloset;

import dev.kloset.internal.LocationText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a location on another machine: {@code proto://user:password@host:port/path}.
 *
 * @param proto the part before {@code ://}
 * @param user the user, percent-decoded
 * @param password the password, percent-decoded; anyone who can see the command can see a password in it
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port the port, given or the default
 * @param path everything from the first slash on, unchanged; empty if there is none
 */
public record RemoteLocation(String proto, Optional<String> user, Optional<Secret> password, String host, int port,
        String path) {

    private static final String WORD = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})";
    static final String PORT = "(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}"
            + "|[1-9][0-9]{0,3})";

    /** {@return the regular expression of a location} Groups: proto, user, password, host, port, path. */
    static String pattern(boolean portMayBeMissing) {
        return "([A-Za-z0-9+.-]{2,}):(?://)?(?:(" + WORD + "+)(?::(" + WORD + "*))?@)?"
                + "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::(" + PORT + "))" + (portMayBeMissing ? "?" : "")
                + "(/[^\\u0000]*)?";
    }

    /** {@return the parts of {@code text}, or nothing if it has no host, or no port and {@code defaultPort} is 0} */
    static Optional<RemoteLocation> parse(String text, int defaultPort) {
        Matcher parts = Pattern.compile(pattern(defaultPort > 0)).matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(4);
        String port = parts.group(5);
        String path = parts.group(6);
        LocationText location = LocationText.of(text);
        return Optional
                .of(new RemoteLocation(parts.group(1), location.user(), location.password().map(Secret::of),
                        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                        port == null ? defaultPort : Integer.parseInt(port), path == null ? "" : path));
    }

    /** {@return the location, without user and password} */
    @Override
    public String toString() {
        return proto + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + path;
    }
}
