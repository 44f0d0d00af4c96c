package dev.kloset.sdk;

import dev.kloset.ConfigModel;
import dev.kloset.LocationFlag;
import dev.kloset.sdk.Offering.Offered;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the process says about itself, to a person or to the tools that make a package. */
final class About {

    /** The version of the plugin interface, as it stands in manifests and in the host's directories. */
    static final String PROTOCOL = "v1.1.0";

    private About() {}

    static String text(Offering offering) {
        String name = offering.name() == null ? "A plugin" : offering.name() + ", a plugin";
        return name + " for Plakar (SDK " + sdkVersion() + ", protocol " + PROTOCOL + ")\n"
                + offering.connectors().stream().map(About::line).collect(Collectors.joining());
    }

    private static String line(Offered connector) {
        String proto = connector.proto() == null ? "for any protocol" : connector.proto() + "://";
        String flags = connector.flags().isEmpty() ? "" : " (" + flags(connector, ", ", "") + ")";
        return "  " + connector.kind().manifestType() + " " + proto + flags + "\n"
                + options(connector.config()).stream()
                        .map(option -> "    " + option + "\n")
                        .collect(Collectors.joining());
    }

    /** {@return what can be configured, a line each} */
    static List<String> options(Optional<ConfigModel<?>> configuration) {
        if (configuration.isEmpty()) {
            return List.of("its options are unchecked: it declares none and gets what the user writes");
        }
        List<String> lines = new ArrayList<>(configuration.get().help());
        if (configuration.get().takesOthers()) {
            lines.add("other options are passed on");
        }
        return lines;
    }

    static String json(Offering offering) {
        return "{\"name\":" + quoted(offering.name()) + ",\"sdk\":" + quoted(sdkVersion()) + ",\"protocol\":"
                + quoted(PROTOCOL) + ",\"connectors\":["
                + offering.connectors().stream().map(About::object).collect(Collectors.joining(",")) + "]}\n";
    }

    private static String object(Offered connector) {
        return "{\"type\":" + quoted(connector.kind().manifestType()) + ",\"protocol\":" + quoted(connector.proto())
                + ",\"flags\":[" + flags(connector, ",", "\"") + "],\"configuration\":"
                + connector.config().map(ConfigModel::json).orElse("null") + "}";
    }

    /** In the order of the enum: a set has none that would be the same tomorrow. */
    private static String flags(Offered connector, String between, String around) {
        return connector.flags()
                .stream()
                .sorted()
                .map(LocationFlag::manifestWord)
                .map(word -> around + word + around)
                .collect(Collectors.joining(between));
    }

    private static String sdkVersion() {
        String version = About.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    static String quoted(@Nullable String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** Onto standard output, wherever the launcher has put it. */
    static void print(String text) throws IOException {
        StandardPipes.claim().out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
