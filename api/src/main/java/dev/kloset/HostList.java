package dev.kloset;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The servers of a cluster, as users write them: {@code db1:5432,db2,[::1]:5432}. Immutable. As a setting it is a text of its own;
 * the hosts of a location are in {@link ClusterLocation}.
 *
 * @param hosts in the order of the text; at least one
 */
public record HostList(List<HostList.Host> hosts) implements Iterable<HostList.Host> {

    private static final String NAME = "[A-Za-z0-9._-]+";
    private static final String ADDRESS = "[0-9A-Fa-f:.]+";
    private static final String HOST = "(?:" + NAME + "|\\[" + ADDRESS + "\\])(?::" + RemoteLocation.PORT + ")?";
    private static final String BLANKS = " *";
    private static final Pattern PARTS = Pattern
            .compile("(?:(" + NAME + ")|\\[(" + ADDRESS + ")\\])(?::(" + RemoteLocation.PORT + "))?");

    /**
     * One server. Immutable.
     *
     * @param name a name or an address; an IPv6 address without its brackets
     * @param port the port, given or the default; empty if there is neither, as with the name of a service that stands for
     *     several servers
     */
    public record Host(String name, OptionalInt port) {

        /** {@return the host as it was written, with the default port} */
        @Override
        public String toString() {
            String host = name.indexOf(':') < 0 ? name : "[" + name + "]";
            return port.isEmpty() ? host : host + ":" + port.getAsInt();
        }

        private static Host of(Matcher parts, int defaultPort) {
            String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
            String port = parts.group(3);
            if (port != null) {
                return new Host(name, OptionalInt.of(Integer.parseInt(port)));
            }
            return new Host(name, defaultPort > 0 ? OptionalInt.of(defaultPort) : OptionalInt.empty());
        }
    }

    /** Check that there is a host. */
    public HostList {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a list of hosts cannot be empty");
        }
    }

    /**
     * {@return the hosts of {@code text}, with blanks around them or without} For the authority of a location that has more than
     * hosts in it; settings are read by the SDK.
     *
     * @param defaultPort the port of a host that names none; 0 for none
     * @throws IllegalArgumentException if it is no list of hosts; the message does not repeat it
     */
    public static HostList parse(String text, int defaultPort) {
        List<Host> hosts = new ArrayList<>();
        for (String host : text.split(",", -1)) {
            Matcher parts = PARTS.matcher(host.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a " + SettingType.HOSTS.words());
            }
            hosts.add(Host.of(parts, defaultPort));
        }
        return new HostList(hosts);
    }

    /** {@return the regular expression of the whole text of a setting} */
    static String pattern() {
        return BLANKS + HOST + BLANKS + "(?:," + BLANKS + HOST + BLANKS + ")*";
    }

    /** {@return the regular expression of hosts within a location} */
    static String patternWithoutBlanks() {
        return HOST + "(?:," + HOST + ")*";
    }

    @Override
    public Iterator<Host> iterator() {
        return hosts.iterator();
    }

    /** {@return the hosts with commas between them and nothing else, as most client libraries take them} */
    @Override
    public String toString() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }
}
