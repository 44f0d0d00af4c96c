package dev.kloset.packaging.manifest;

import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.JsonWriter.Escape;
import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.Jdk;
import dev.kloset.packaging.tool.PackagingException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a plugin says about itself when its own main class is run.
 *
 * @param version empty if the plugin does not know it
 * @param sdk the version of the SDK
 */
public record PluginDescription(String name, String version, String sdk, String apiVersion,
        List<Connector> connectors) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * One connector.
     *
     * @param flags flags in the words of manifests
     * @param schema the schema of its configuration, as the text of a file; empty if the code declares none
     */
    record Connector(String kind, String protocol, List<String> flags, String schema) {
        Connector {
            flags = List.copyOf(flags);
        }
    }

    public PluginDescription {
        connectors = List.copyOf(connectors);
    }

    static PluginDescription ask(Jdk jdk, String mainClass, List<Path> classPath)
            throws PackagingException, IOException, InterruptedException {
        ExternalCommand program = new ExternalCommand(List.of(jdk.tool("java"), "-XX:+DisplayVMOutputToStderr",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", join(classPath), mainClass, "about",
                "--json"));
        return parse(program.succeed("ask " + mainClass + " what it offers", PATIENCE).out(), mainClass);
    }

    public static String join(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static PluginDescription parse(String json, String mainClass) throws PackagingException {
        try {
            // Every JSON text is YAML too.
            if (new Load(LoadSettings.builder().build()).loadFromString(json) instanceof Map<?, ?> object
                    && object.get("connectors") instanceof List<?> connectors) {
                return of(object, connectors, mainClass);
            }
        } catch (YamlEngineException | ClassCastException e) {
            throw new PackagingException("cannot read what " + mainClass + " says about itself", e);
        }
        throw new PackagingException(
                mainClass + " does not say what it offers; it must call Entrypoint.run first of all, "
                        + "and leave its arguments to it. It said: " + json.strip());
    }

    private static PluginDescription of(Map<?, ?> object, List<?> connectors, String mainClass)
            throws PackagingException {
        String name = text(object.get("name"));
        List<Connector> offered = new ArrayList<>();
        for (Object each : connectors) {
            Map<?, ?> connector = (Map<?, ?>) Objects.requireNonNull(each);
            String protocol = text(connector.get("protocol"));
            if (name == null || protocol == null) {
                throw new PackagingException(mainClass + " does not say for which protocol it is: hand a Plugin to "
                        + "Entrypoint.run, made with Plugin.builder(name).importer(protocol, ...) and so on");
            }
            List<String> flags = connector.get("flags") instanceof List<?> words
                    ? words.stream().map(String::valueOf).toList()
                    : List.of();
            offered.add(new Connector(String.valueOf(connector.get("kind")), protocol, flags, schema(connector)));
        }
        if (offered.isEmpty() || name == null) {
            throw new PackagingException(mainClass + " offers no connector");
        }
        String version = text(object.get("version"));
        return new PluginDescription(name, version == null ? "" : version, String.valueOf(object.get("sdk")),
                String.valueOf(object.get("protocol")), offered);
    }

    private static String schema(Map<?, ?> connector) {
        return connector.get("configuration") instanceof Map<?, ?> configuration
                && configuration.get("schema") instanceof Map<?, ?> schema
                        ? JsonWriter.lines(schema, Escape.PAIRS) + "\n"
                        : "";
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
