package dev.kloset;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a location on several machines, or on a service without a port: {@code proto://host:port,host:port/path}. It has
 * neither user nor password: these are settings.
 *
 * @param proto the part before {@code ://}
 * @param hosts the servers
 * @param path everything from the first slash on, unchanged; empty if there is none
 */
public record ClusterLocation(String proto, HostList hosts, String path) {

    /** {@return the regular expression of a location} Groups: proto, hosts, path. */
    static String pattern() {
        return "([A-Za-z0-9+.-]{2,}):(?://)?(" + HostList.patternWithoutBlanks() + ")(/[^\\u0000]*)?";
    }

    /** {@return the parts of {@code text}, or nothing if it has no host} */
    static Optional<ClusterLocation> parse(String text, int defaultPort) {
        Matcher parts = Pattern.compile(pattern()).matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String path = parts.group(3);
        return Optional.of(new ClusterLocation(parts.group(1), HostList.parse(parts.group(2), defaultPort),
                path == null ? "" : path));
    }

    @Override
    public String toString() {
        return proto + "://" + hosts + path;
    }
}
