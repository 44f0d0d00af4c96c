package dev.kloset.hadoop.restore;

import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.ParallelExport;
import dev.kloset.hadoop.connect.ClusterConnector;
import java.io.IOException;
import java.util.List;

/**
 * Restores into a directory of a Hadoop file system: files under their names only when they are whole, with owners, modes, times,
 * lists, attributes and policies. A file that cannot be restored is an error of its record, and the others go on.
 */
public final class HadoopExporter extends ClusterConnector implements Exporter {

    /** Each file waits for some answers of the NameNode and of DataNodes, one after the other. */
    private static final int WORKERS = 16;
    private static final long MEMORY = 32L << 20;

    private final TargetSettings settings;
    private final Owners owners;

    /** Check the settings. Nothing is asked of the cluster yet. */
    public HadoopExporter(ConnectorContext context, TargetSettings settings) throws IOException {
        super(settings.location(), settings.connection());
        this.settings = settings;
        this.owners = Owners.of(settings.owner(), settings.ownerMap());
    }

    /** The directory need not exist: a restore makes it. */
    @Override
    public void ping() throws IOException, InterruptedException {
        new WriteProbe(cluster()).directory();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        return diagnosisWith(DiagnosisStep.of(DiagnosisStep.WRITING, new WriteProbe(cluster())::run));
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        try (Restore restore = new Restore(cluster(), settings, owners)) {
            restore(records, results, restore);
            restore.finish();
        }
    }

    private static void restore(RecordSource records, ResultSink results, Restore restore)
            throws IOException, InterruptedException {
        try {
            ParallelExport.with(WORKERS)
                    .withMemory(MEMORY)
                    .withPhases(Restore::phase)
                    .withKeys(Restore::key)
                    .forEach(records, results, restore);
        } catch (IOException e) {
            finishAfter(restore, e);
            throw e;
        }
    }

    /** The host is gone. What was restored gets its modes all the same. */
    private static void finishAfter(Restore restore, IOException failure) throws InterruptedException {
        try {
            restore.finish();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
