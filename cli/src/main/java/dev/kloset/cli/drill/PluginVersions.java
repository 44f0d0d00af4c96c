package dev.kloset.cli.drill;

import dev.kloset.cli.catalog.PluginEntry;
import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.ExternalCommand.Outcome;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What a plugin says about its versions. A plugin of another SDK does not understand the question, and says nothing.
 *
 * @param plugin empty if unknown, like all others
 */
record PluginVersions(String plugin, String sdk, String java) {

    private static final PluginVersions UNKNOWN = new PluginVersions("", "", "");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static PluginVersions of(PluginEntry plugin) throws IOException, InterruptedException {
        try {
            Outcome outcome = new ExternalCommand(List.of(plugin.executable().toString(), "about", "--json"))
                    .with(Map.of("KLOSET_JAVA_HOME", System.getProperty("java.home")))
                    .run(PATIENCE);
            return outcome.exit() == 0 ? parse(outcome.out()) : UNKNOWN;
        } catch (PackagingException e) {
            return UNKNOWN; // what Plakar says about such a plugin is more useful
        }
    }

    static PluginVersions parse(String said) {
        try {
            // Every JSON text is YAML too.
            return new Load(LoadSettings.builder().build()).loadFromString(said) instanceof Map<?, ?> about
                    ? new PluginVersions(text(about, "version"), text(about, "sdk"), text(about, "java"))
                    : UNKNOWN;
        } catch (YamlEngineException e) {
            return UNKNOWN;
        }
    }

    private static String text(Map<?, ?> about, String key) {
        return Objects.toString(about.get(key), "");
    }
}
