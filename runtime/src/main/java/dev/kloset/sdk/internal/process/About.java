package dev.kloset.sdk.internal.process;

import dev.kloset.ConfigModel;
import dev.kloset.LocationFlag;
import dev.kloset.internal.JsonWriter;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.service.ConnectorRegistry.Entry;
import dev.kloset.sdk.internal.version.Versions;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What the process says about itself, to a person or to the tools that make a package. */
final class About {

    /** The version of the plugin interface, as written in manifests and in the names of the host's directories. */
    static final String PROTOCOL = "v1.1.0";

    private About() {}

    static String text(ConnectorRegistry registry) {
        Versions versions = registry.versions();
        String name = versions.name() == null ? "A plugin" : versions.title() + ", a plugin";
        return name + " for Plakar (SDK " + versions.sdk() + ", Java " + versions.java() + ", protocol " + PROTOCOL
                + ")\n"
                + registry.connectors().stream().map(About::line).collect(Collectors.joining());
    }

    private static String line(Entry connector) {
        String proto = connector.proto() == null ? "for any protocol" : connector.proto() + "://";
        String flags = connector.flags().isEmpty() ? "" : " (" + String.join(", ", flags(connector)) + ")";
        return "  " + connector.kind().manifestType() + " " + proto + flags + "\n"
                + ConnectorRegistry.options(connector.config())
                        .stream()
                        .map(option -> "    " + option + "\n")
                        .collect(Collectors.joining());
    }

    static String json(ConnectorRegistry registry) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        Versions versions = registry.versions();
        json.name("name").value(versions.name());
        json.name("version").value(versions.plugin());
        json.name("sdk").text(versions.sdk());
        json.name("java").text(versions.java());
        json.name("protocol").text(PROTOCOL);
        json.name("connectors").array();
        registry.connectors().forEach(connector -> write(json, connector));
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private static void write(JsonWriter json, Entry connector) {
        json.object();
        json.name("kind").text(connector.kind().manifestType());
        json.name("protocol").value(connector.proto());
        json.name("flags").value(flags(connector));
        json.name("configuration").raw(connector.config().map(ConfigModel::json).orElse("null"));
        json.endObject();
    }

    /** In the order of the enum: an immutable set has no order that lasts. */
    private static List<String> flags(Entry connector) {
        return connector.flags().stream().sorted().map(LocationFlag::manifestWord).toList();
    }

    /** Print to standard output, wherever the launcher has put it. */
    static void print(String text) throws IOException {
        StandardPipes.claim().out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
