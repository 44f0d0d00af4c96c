package org.example;

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** The entry point, which Plakar starts. */
public final class DemoPlugin {

    private DemoPlugin() {}

    /** {@return everything that this plugin offers; the manifest is made from it} */
    static Plugin plugin() {
        return Plugin.builder("demo")
                .importer("zip", ZipConfig.class, ZipImporter::new)
                .exporter("zip", ZipExporter::new)
                .storage("demo", DemoRepository.class, DemoStore::new)
                .build();
    }

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }
}
