package dev.kloset.examples;

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** The example of a source that is held while it is read, as an executable of its own. */
public final class SnapshotPlugin {

    private SnapshotPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("snapshot").importer("snapshot", SnapshotImporter::new).build());
    }
}
