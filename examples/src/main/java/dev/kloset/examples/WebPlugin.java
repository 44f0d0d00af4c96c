package dev.kloset.examples;

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** The example of a remote source, as an executable of its own because it needs one more library than the others. */
public final class WebPlugin {

    private WebPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("web").importer("web", WebImporter::new).build());
    }
}
