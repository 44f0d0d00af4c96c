package dev.kloset.cli.drill;

import dev.kloset.cli.catalog.PluginEntry;
import java.util.LinkedHashMap;
import java.util.Map;

/** The versions that a certificate names. */
final class DrillVersions {

    private DrillVersions() {}

    static Map<String, String> of(String plakar, PluginEntry plugin) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("plakar", plakar);
        String own = DrillVersions.class.getPackage().getImplementationVersion();
        versions.put("kloset", own == null ? "(unpackaged)" : own);
        versions.put("plugin", plugin.plugin() + " (" + plugin.where() + ")");
        versions.put("java", Runtime.version().toString());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        return versions;
    }
}
