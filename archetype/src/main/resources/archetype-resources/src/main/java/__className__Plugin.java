package ${package};

import dev.kloset.Plugin;
import dev.kloset.sdk.Entrypoint;

/** The entry point, which Plakar starts. To change the protocol, change it here: the manifest is generated from this code. */
public final class ${className}Plugin {

    private ${className}Plugin() {}

    /** {@return everything that this plugin offers; tests use it too} */
    static Plugin plugin() {
        return Plugin.builder("${artifactId}")
#if( $kind == "importer" || $kind == "all" )
                .importer("${protocol}", ${className}Source.class, ${className}Importer::new)
#end
#if( $kind == "exporter" || $kind == "all" )
                .exporter("${protocol}", ${className}Destination.class, ${className}Exporter::new)
#end
#if( $kind == "storage" || $kind == "all" )
                .storage("${protocol}", ${className}Repository.class, ${className}Store::new)
#end
                .build();
    }

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }
}
