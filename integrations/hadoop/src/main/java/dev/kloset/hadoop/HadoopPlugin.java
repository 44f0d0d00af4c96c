package dev.kloset.hadoop;

import dev.kloset.Plugin;
import dev.kloset.hadoop.backup.HadoopImporter;
import dev.kloset.hadoop.backup.SourceSettings;
import dev.kloset.hadoop.connect.ClusterRehearsal;
import dev.kloset.hadoop.connect.HadoopErrors;
import dev.kloset.hadoop.restore.HadoopExporter;
import dev.kloset.hadoop.restore.TargetSettings;
import dev.kloset.hadoop.store.HadoopStore;
import dev.kloset.hadoop.store.StoreSettings;
import dev.kloset.sdk.Entrypoint;
import java.util.List;

/** File systems of Apache Hadoop as source, destination and repository, under the protocols that Hadoop knows them by. */
public final class HadoopPlugin {

    /** Those that put a file on disks before they say so, and rename over another. */
    private static final List<String> STORES = List.of("hdfs", "viewfs");

    private static final List<String> TREES = List.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "s3a");

    private HadoopPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }

    static Plugin plugin() {
        Plugin.Builder plugin = Plugin.builder("hadoop")
                .errors(HadoopErrors.table())
                .rehearsal(ClusterRehearsal::run);
        for (String proto : TREES) {
            plugin.importer(proto, SourceSettings.class, HadoopImporter::new)
                    .exporter(proto, TargetSettings.class, HadoopExporter::new);
        }
        for (String proto : STORES) {
            plugin.storage(proto, StoreSettings.class, HadoopStore::new);
        }
        return plugin.build();
    }
}
