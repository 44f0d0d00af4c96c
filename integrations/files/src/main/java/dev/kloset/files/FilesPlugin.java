package dev.kloset.files;

import dev.kloset.LocationFlag;
import dev.kloset.Plugin;
import dev.kloset.files.backup.FilesImporter;
import dev.kloset.files.backup.SourceSettings;
import dev.kloset.files.restore.FilesExporter;
import dev.kloset.files.restore.TargetSettings;
import dev.kloset.files.store.FilesStore;
import dev.kloset.files.store.StoreSettings;
import dev.kloset.sdk.Entrypoint;
import java.util.Set;

/** Local files as source, destination and repository, under the protocol {@code files}. */
public final class FilesPlugin {

    private static final String PROTOCOL = "files";

    private FilesPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }

    static Plugin plugin() {
        Set<LocationFlag> local = Set.of(LocationFlag.LOCALFS);
        return Plugin.builder("files")
                .importer(PROTOCOL, local, SourceSettings.class, FilesImporter::new)
                .exporter(PROTOCOL, local, TargetSettings.class, FilesExporter::new)
                .storage(PROTOCOL, local, StoreSettings.class, FilesStore::new)
                .build();
    }
}
