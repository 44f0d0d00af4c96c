package dev.kloset.kafka.restore;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.export.ExportFailures;
import dev.kloset.export.ParallelExport;
import dev.kloset.kafka.connect.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores into a cluster: topics, under configurations that keep everything; their records, several partitions at once and each in
 * order; the configurations that the topics had; and the offsets of groups last. The restore fails if anything of it failed.
 */
public final class KafkaExporter implements Exporter {

    private static final int WORKERS = 4;
    private static final long MEMORY = 16L << 20;

    private final Cluster cluster;
    private final TargetSettings settings;
    private final TargetNames names;
    private final RecordFilter filter;

    public KafkaExporter(ConnectorContext context, TargetSettings settings) throws IOException {
        this.settings = settings;
        this.cluster = Cluster.of(settings.location(), settings.connection());
        this.names = new TargetNames(settings.prefix().orElse(""));
        this.filter = RecordFilter.of(settings);
        if (settings.offsets() == OffsetMode.EXACT && !filter.isComplete()) {
            throw new ConfigException("the setting \"offsets\" cannot be exact where from_time, to_time or drop_keys"
                    + " leave records out");
        }
    }

    @Override
    public String origin() {
        return cluster.name();
    }

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        cluster.id();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(cluster.diagnosis());
        steps.add(DiagnosisStep.of(DiagnosisStep.WRITING, this::probe));
        return steps;
    }

    /** Make a topic, without making it. */
    private void probe() throws IOException, InterruptedException {
        try (Target target = new Target(cluster)) {
            new Topics(target).check(names.topic("kloset-doctor"));
        }
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        cluster.id(); // a cluster that does not answer fails here, with the reason: later calls only say that they have waited
        ExportFailures failures = new ExportFailures(cluster.name());
        try (Target target = new Target(cluster);
                Restore restore = new Restore(target, settings, names, filter, failures)) {
            ParallelExport.with(WORKERS)
                    .withMemory(MEMORY)
                    .withPhases(RestoreHandler::phase)
                    .withKeys(RestoreHandler::key)
                    .forEach(records, results, new RestoreHandler(restore, failures));
            restore.end();
            failures.end();
        }
    }
}
