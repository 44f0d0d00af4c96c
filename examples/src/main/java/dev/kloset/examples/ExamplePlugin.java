package dev.kloset.examples;

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** All examples in one executable. */
final class ExamplePlugin {

    private ExamplePlugin() {}

    // tag::main[]
    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("example")
                .importer("zip", ZipImporter::new)
                .exporter("zip", ZipExporter::new)
                .storage("dir", DirectoryStore::new)
                .build());
    }
    // end::main[]
}
