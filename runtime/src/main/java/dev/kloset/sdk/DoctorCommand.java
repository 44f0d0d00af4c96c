package dev.kloset.sdk;

import dev.kloset.Location;
import dev.kloset.Plugin.Kind;
import dev.kloset.sdk.DoctorReport.Visit;
import dev.kloset.sdk.Offering.Offered;
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
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command line {@code doctor -o location=... [-o key=value]... [--kind KIND] [--timeout SECONDS] [--json]}. */
final class DoctorCommand {

    static final String USAGE = "doctor -o location=LOCATION [-o KEY=VALUE]... [--kind importer|exporter|storage] "
            + "[--timeout SECONDS] [--json]";

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
    static DoctorCommand parse(List<String> arguments) {
        DoctorCommand command = new DoctorCommand();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext();) {
            String word = rest.next();
            switch (word) {
                case "-o" -> command.setting(value(word, rest));
                case "--kind" -> command.kind = Optional.of(kind(value(word, rest)));
                case "--timeout" -> command.limit = limit(value(word, rest));
                case "--json" -> command.json = true;
                default -> throw new IllegalArgumentException("\"doctor\" does not know the argument number "
                        + (arguments.indexOf(word) + 1) + "; write: " + USAGE);
            }
        }
        if (command.settings.getOrDefault("location", "").isEmpty()) {
            throw new IllegalArgumentException("\"doctor\" needs a location; write: " + USAGE);
        }
        return command;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("\"" + option + "\" of \"doctor\" has no value; write: " + USAGE);
        }
        return rest.next();
    }

    /** As Plakar reads it: without a value it is true, and the last one counts. */
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
    boolean run(Offering offering) throws IOException, InterruptedException {
        List<Offered> asked = asked(offering);
        OutputStream out = StandardPipes.claim().out();
        List<Visit> visits = new ArrayList<>();
        for (Offered connector : asked) {
            List<Finding> findings = new Doctor(connector, settings, limit).findings();
            visits.add(new Visit(connector, LogPlace.location(), findings));
            if (!json) {
                print(out, DoctorReport.text(visits.getLast()));
            }
        }
        boolean healthy = visits.stream().allMatch(Visit::healthy);
        print(out, json ? DoctorReport.json(offering.name(), visits) : DoctorReport.summary(visits));
        return healthy;
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Offered> asked(Offering offering) {
        String proto = Location.parse(settings.getOrDefault("location", "")).proto();
        List<Offered> asked = offering.connectors()
                .stream()
                .filter(each -> each.serves(proto) && (kind.isEmpty() || kind.get() == each.kind()))
                .toList();
        if (asked.isEmpty()) {
            throw new IllegalArgumentException("the plugin has no " + kind.map(Kind::manifestType).orElse("connector")
                    + " for the protocol \"" + proto + "\"; it has " + offering.connectors()
                            .stream()
                            .map(each -> each.kind().manifestType() + " " + protocol(each.proto()))
                            .collect(Collectors.joining(", ")));
        }
        return asked;
    }

    private static String protocol(@Nullable String proto) {
        return proto == null ? "for any protocol" : proto + "://";
    }
}
