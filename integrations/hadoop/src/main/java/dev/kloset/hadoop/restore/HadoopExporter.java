package dev.kloset.hadoop.restore;

import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.ParallelExport;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.mount.WebMediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores into a directory of a Hadoop file system: files under their names only when they are whole, with owners, modes, times,
 * lists, attributes and policies. A file that cannot be restored is an error of its record, and the others go on.
 */
public final class HadoopExporter implements Exporter {

    /** Each file waits for some answers of the NameNode and of DataNodes, one after the other. */
    private static final int WORKERS = 16;
    private static final long MEMORY = 32L << 20;

    private final Cluster cluster;
    private final TargetSettings settings;
    private final Owners owners;

    /** Check the settings. Nothing is asked of the cluster yet. */
    public HadoopExporter(ConnectorContext context, TargetSettings settings) throws IOException {
        this.settings = settings;
        this.owners = Owners.of(settings.owner(), settings.ownerMap());
        this.cluster = Cluster.of(settings.location(), settings.connection());
        if (cluster.scheme().endsWith("webhdfs")) {
            WebMediaTypes.install();
        }
    }

    @Override
    public String origin() {
        return cluster.origin();
    }

    @Override
    public String type() {
        return cluster.scheme();
    }

    @Override
    public String root() {
        return cluster.path();
    }

    /** The directory need not exist: a restore makes it. */
    @Override
    public void ping() throws IOException, InterruptedException {
        new WriteProbe(cluster).directory();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(cluster.diagnosis());
        steps.add(DiagnosisStep.of(DiagnosisStep.WRITING, new WriteProbe(cluster)::run));
        return steps;
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        Restore restore = new Restore(cluster, settings, owners);
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
        restore.finish();
    }

    /** The host is gone. What was restored gets its modes all the same. */
    private static void finishAfter(Restore restore, IOException failure) throws InterruptedException {
        try {
            restore.finish();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
