package dev.kloset.jdbc;

import dev.kloset.Plugin;
import dev.kloset.jdbc.backup.JdbcImporter;
import dev.kloset.jdbc.backup.SourceSettings;
import dev.kloset.jdbc.connect.JdbcErrors;
import dev.kloset.jdbc.restore.JdbcExporter;
import dev.kloset.jdbc.restore.TargetSettings;
import dev.kloset.sdk.Entrypoint;

/** Relational databases as source and destination, under the protocol {@code jdbc}: the location is the JDBC URL. */
public final class JdbcPlugin {

    private static final String PROTOCOL = "jdbc";

    private JdbcPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }

    static Plugin plugin() {
        return Plugin.builder(PROTOCOL)
                .importer(PROTOCOL, SourceSettings.class, JdbcImporter::new)
                .exporter(PROTOCOL, TargetSettings.class, JdbcExporter::new)
                .errors(JdbcErrors.table())
                .build();
    }
}
