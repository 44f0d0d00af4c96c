package dev.kloset.packaging;

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

/** What a plugin says about itself, asked by running its own main class. */
record About(String name, String apiVersion, List<Offered> connectors) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * One connector.
     *
     * @param flags words of manifests
     * @param schema of its configuration, as the text of a file; empty if the code declares none
     */
    record Offered(String type, String protocol, List<String> flags, String schema) {
        Offered {
            flags = List.copyOf(flags);
        }
    }

    About {
        connectors = List.copyOf(connectors);
    }

    static About ask(Jdk jdk, String mainClass, List<Path> classPath)
            throws PackagingException, IOException, InterruptedException {
        Program program = new Program(List.of(jdk.tool("java"), "-XX:+DisplayVMOutputToStderr",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", join(classPath), mainClass, "about",
                "--json"));
        return parse(program.succeed("ask " + mainClass + " what it offers", PATIENCE).out(), mainClass);
    }

    static String join(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static About parse(String json, String mainClass) throws PackagingException {
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

    private static About of(Map<?, ?> object, List<?> connectors, String mainClass) throws PackagingException {
        String name = text(object.get("name"));
        List<Offered> offered = new ArrayList<>();
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
            offered.add(new Offered(String.valueOf(connector.get("type")), protocol, flags, schema(connector)));
        }
        if (offered.isEmpty() || name == null) {
            throw new PackagingException(mainClass + " offers no connector");
        }
        return new About(name, String.valueOf(object.get("protocol")), offered);
    }

    private static String schema(Map<?, ?> connector) {
        return connector.get("configuration") instanceof Map<?, ?> configuration
                && configuration.get("schema") instanceof Map<?, ?> schema ? JsonText.of(schema) : "";
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
