package dev.kloset.jdbc.restore;

import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.ExportFailures;
import dev.kloset.export.ParallelExport;
import dev.kloset.jdbc.connect.Database;
import dev.kloset.jdbc.connect.JdbcUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores into a database: what comes before the rows, the rows over several connections, what comes after them; then counts the
 * rows. The restore fails if anything of it failed.
 */
public final class JdbcExporter implements Exporter {

    // The rows of a part are some 256 KiB, or a large value: the driver needs memory for it too.
    private static final long MEMORY = 16L << 20;

    private final TargetSettings settings;
    private final Database database;
    private final SchemaMap schemas;

    public JdbcExporter(ConnectorContext context, TargetSettings settings) throws IOException {
        this.settings = settings;
        this.schemas = SchemaMap.of(settings.schemaMap());
        this.database = Database.of(JdbcUrl.of(settings.location()), settings.connection(), false);
    }

    @Override
    public String origin() {
        return database.name();
    }

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void ping() throws IOException {
        database.ping();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(database.diagnosis());
        steps.add(DiagnosisStep.of(DiagnosisStep.WRITING, () -> WriteProbe.in(database)));
        return steps;
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        ExportFailures failures = new ExportFailures(database.name());
        try (Target target = new Target(database, settings)) {
            Restore restore = new Restore(target, settings, schemas, failures);
            ParallelExport.with(settings.connections())
                    .withMemory(MEMORY)
                    .withPhases(RestoreHandler::phase)
                    .forEach(records, results, new RestoreHandler(restore, failures, settings.constraints()));
            restore.end();
            failures.end();
            target.settle();
        }
    }
}
