package dev.kloset.cli.drill;

import dev.kloset.cli.catalog.PluginEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The versions that a certificate names. */
final class DrillVersions {

    private final Map<String, String> versions = new LinkedHashMap<>();

    private DrillVersions() {}

    /** @param exporter the plugin that restores; often the one that backs up */
    static Map<String, String> of(String plakar, PluginEntry importer, PluginEntry exporter)
            throws IOException, InterruptedException {
        DrillVersions all = new DrillVersions();
        all.add("plakar", plakar);
        String own = DrillVersions.class.getPackage().getImplementationVersion();
        all.add("kloset", own == null ? "(unpackaged)" : own);
        all.add("plugin", "", importer, PluginVersions.of(importer));
        if (!importer.plugin().equals(exporter.plugin())) {
            all.add("exporter", "exporter ", exporter, PluginVersions.of(exporter));
        }
        all.add("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        return all.versions;
    }

    private void add(String name, String prefix, PluginEntry plugin, PluginVersions said) {
        add(name, plugin.plugin() + (said.plugin().isEmpty() ? "" : " " + said.plugin()) + " (" + plugin.where() + ")");
        add(prefix + "sdk", said.sdk());
        add(prefix + "java", said.java());
    }

    private void add(String name, String version) {
        if (!version.isEmpty()) {
            versions.put(name, version);
        }
    }
}
