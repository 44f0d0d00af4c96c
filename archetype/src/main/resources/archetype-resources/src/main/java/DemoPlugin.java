package ${package};

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** What Plakar starts. Change the protocol here: the manifest is made from this. */
public final class DemoPlugin {

    private DemoPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("${artifactId}")
#if( $kind == "importer" || $kind == "all" )
                .importer("${protocol}", DemoImporter::new)
#end
#if( $kind == "exporter" || $kind == "all" )
                .exporter("${protocol}", DemoExporter::new)
#end
#if( $kind == "storage" || $kind == "all" )
                .storage("${protocol}", DemoStore::new)
#end
                .build());
    }
}
