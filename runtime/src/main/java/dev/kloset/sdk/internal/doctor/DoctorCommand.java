package dev.kloset.sdk.internal.doctor;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.internal.NearestWord;
import dev.kloset.sdk.internal.doctor.DoctorReport.Visit;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.service.ConnectorRegistry.Entry;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command line {@code doctor -o location=... [-o key=value]... [--kind KIND] [--timeout SECONDS] [--json]}. */
public final class DoctorCommand {

    static final String USAGE = "doctor -o location=LOCATION [-o KEY=VALUE]... [--kind importer|exporter|storage] "
            + "[--timeout SECONDS] [--json]";

    /** The words that ask for {@link #help}. */
    public static final Set<String> HELP = Set.of("--help", "-h");

    private static final String LOCATION = "location";
    private static final List<String> OPTIONS = List.of("-o", "--kind", "--timeout", "--json", "--help");
    private static final int LONGEST = 3600;

    private final Map<String, String> settings = new HashMap<>();
    private Optional<Kind> kind = Optional.empty();
    private Duration limit = Duration.ofSeconds(30);
    private boolean json;

    private DoctorCommand() {}

    /**
     * {@return what the arguments ask for}
     *
     * @throws IllegalArgumentException with a sentence, if they cannot be understood
     */
    public static DoctorCommand parse(List<String> arguments) {
        DoctorCommand command = new DoctorCommand();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            String word = rest.next();
            switch (word) {
                case "-o" -> command.setting(value(word, rest));
                case "--kind" -> command.kind = Optional.of(kind(value(word, rest)));
                case "--timeout" -> command.limit = limit(value(word, rest));
                case "--json" -> command.json = true;
                default -> throw new IllegalArgumentException(unknown(word, arguments.indexOf(word) + 1));
            }
        }
        if (command.settings.getOrDefault(LOCATION, "").isEmpty()) {
            throw new IllegalArgumentException(command.withoutLocation());
        }
        return command;
    }

    /** Describe an argument without repeating it: it may be a password. */
    private static String unknown(String word, int number) {
        if (word.startsWith(LOCATION + "=")
                || !word.startsWith("-") && Location.parse(word).path().length() < word.length()) {
            return "\"doctor\" takes the location as a setting: write -o location=LOCATION";
        }
        return "\"doctor\" does not know the argument number " + number + NearestWord.question(word, OPTIONS)
                + (word.startsWith("-") ? "" : "; a setting has -o before it") + "; write: " + USAGE;
    }

    private String withoutLocation() {
        for (String key : settings.keySet()) {
            if (LOCATION.equals(NearestWord.of(key, List.of(LOCATION)))) {
                return "\"doctor\" needs a location, and there is no setting \"" + key
                        + "\"; did you mean \"location\"?";
            }
        }
        return "\"doctor\" needs a location; write: " + USAGE;
    }

    /** {@return what a user reads about the command} */
    public static String help() {
        return """
                Usage: %s
                Tries the connectors for LOCATION with your settings, and says what is wrong.

                  -o KEY=VALUE         a setting, as for plakar backup -o; location is always needed
                  --kind KIND          try only the importer, the exporter or the storage
                  --timeout SECONDS    how long each step may take, 1 to %d; otherwise 30
                  --json               print one JSON object
                  -h, --help           show this help

                Exit status: 0 nothing failed, 1 something failed, 2 wrong usage.
                """.formatted(USAGE, LONGEST);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("\"" + option + "\" of \"doctor\" has no value; write: " + USAGE);
        }
        return rest.next();
    }

    /** Read a setting as Plakar does: without a value it is true, and the last one counts. */
    private void setting(String text) {
        int equals = text.indexOf('=');
        settings.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "true" : text.substring(equals + 1));
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.manifestType().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"--kind\" of \"doctor\" is one of importer, exporter and storage");
    }

    private static Duration limit(String seconds) {
        if (!seconds.matches("[0-9]{1,4}") || Integer.parseInt(seconds) < 1 || Integer.parseInt(seconds) > LONGEST) {
            throw new IllegalArgumentException(
                    "\"--timeout\" of \"doctor\" is a number of seconds from 1 to " + LONGEST);
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    /**
     * {@return whether nothing failed}
     *
     * @throws IllegalArgumentException if the plugin has nothing for the location
     */
    public boolean run(ConnectorRegistry registry) throws IOException, InterruptedException {
        List<Entry> asked = asked(registry);
        OutputStream out = StandardPipes.claim().out();
        List<Visit> visits = new ArrayList<>();
        for (Entry connector : asked) {
            List<Finding> findings = new Doctor(connector, settings, limit).findings();
            visits.add(new Visit(connector, HostContext.ofThisProcess().location(), findings));
            if (!json) {
                print(out, DoctorReport.text(visits.getLast()));
            }
        }
        boolean healthy = visits.stream().allMatch(Visit::healthy);
        print(out, json ? DoctorReport.json(registry.versions(), visits) : DoctorReport.summary(visits));
        return healthy;
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Entry> asked(ConnectorRegistry registry) {
        String location = settings.getOrDefault(LOCATION, "");
        String proto = Location.parse(location).proto();
        if (Location.parse(location).path().equals(location) && known(registry).noneMatch(proto::equals)) {
            throw new IllegalArgumentException("the location does not say which protocol to use: it begins with "
                    + known(registry).map(each -> each + "://").collect(Collectors.joining(" or ")));
        }
        List<Entry> asked = registry.connectors()
                .stream()
                .filter(each -> each.serves(proto) && (kind.isEmpty() || kind.get() == each.kind()))
                .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("the plugin has no " + kind.map(Kind::manifestType).orElse("connector")
                    + " for the protocol \"" + proto + "\"; it has " + registry.connectors()
                            .stream()
                            .map(each -> each.kind().manifestType() + " " + protocol(each.proto()))
                            .collect(Collectors.joining(", ")));
        }
        return asked;
    }

    /** {@return the protocols that the plugin names} A connector for any protocol names none. */
    private static Stream<String> known(ConnectorRegistry registry) {
        return registry.connectors().stream().map(Entry::proto).filter(Objects::nonNull).distinct();
    }

    private static String protocol(@Nullable String proto) {
        return proto == null ? "for any protocol" : proto + "://";
    }
}
