package dev.kloset.hadoop.backup;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.mount.WebMediaTypes;
import dev.kloset.resilience.LatestImport;
import dev.kloset.resilience.SourceLease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a directory of a Hadoop file system, through a snapshot of HDFS where one can be made. The snapshot is deleted when the host
 * has acknowledged everything.
 */
public final class HadoopImporter implements Importer {

    private final SourceSettings settings;
    private final Cluster cluster;
    private final Excludes excludes;
    private final boolean xattrs;
    private final LatestImport<SourceLease> latest = new LatestImport<>();

    /** Check the settings. Nothing is asked of the cluster yet. */
    public HadoopImporter(ConnectorContext context, SourceSettings settings) throws IOException {
        this.settings = settings;
        this.cluster = Cluster.of(settings.location(), settings.connection());
        if (cluster.scheme().endsWith("webhdfs")) {
            WebMediaTypes.install();
        }
        this.excludes = Excludes.of(context.options().excludes());
        this.xattrs = !context.options().noXattr();
        if (settings.snapshot().isPresent() && settings.consistency() == Consistency.LIVE) {
            throw new ConfigException("the settings \"snapshot\" and \"consistency=live\" contradict each other");
        }
        if (settings.identity() == IdentityRule.STRICT && !Set.of("hdfs", "viewfs").contains(cluster.scheme())) {
            throw new ConfigException("the setting \"identity\" can be strict only with hdfs and viewfs");
        }
    }

    /** Parts of a split have origins of their own, because a host compares with the latest backup of the same origin. */
    @Override
    public String origin() {
        return cluster.origin() + settings.split().suffix();
    }

    @Override
    public String type() {
        return cluster.scheme();
    }

    @Override
    public String root() {
        return cluster.path();
    }

    /** A process that counts would make a snapshot of its own. */
    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.STREAM);
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        cluster.ping();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(cluster.diagnosis());
        SourceDiagnosis own = new SourceDiagnosis(cluster, settings);
        steps.add(DiagnosisStep.of("rights", own::rights));
        steps.add(DiagnosisStep.of("snapshot", own::snapshot));
        return steps;
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        Backup backup = new Backup(cluster, settings, excludes, xattrs);
        if (!backup.isHeld()) {
            backup.emit(Moment.LIVE, records);
            return;
        }
        SnapshotHold hold = backup.hold();
        latest.begin(backup.lease(hold))
                .during(records, (name, sink) -> backup.emit(hold.moment(name, settings.snapshot().isPresent()), sink));
    }

    @Override
    public void close() throws IOException {
        latest.close();
        cluster.close();
    }
}
