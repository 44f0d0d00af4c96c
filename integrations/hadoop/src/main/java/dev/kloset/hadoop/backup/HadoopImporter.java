package dev.kloset.hadoop.backup;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.hadoop.connect.ClusterConnector;
import dev.kloset.resilience.LatestImport;
import dev.kloset.resilience.SourceLease;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Reads a directory of a Hadoop file system, through a snapshot of HDFS where one can be made. The snapshot is deleted when the host
 * has acknowledged everything.
 */
public final class HadoopImporter extends ClusterConnector implements Importer {

    private final SourceSettings settings;
    private final Excludes excludes;
    private final boolean xattrs;
    private final LatestImport<SourceLease> latest = new LatestImport<>();

    /** Check the settings. Nothing is asked of the cluster yet. */
    public HadoopImporter(ConnectorContext context, SourceSettings settings) throws IOException {
        super(settings.location(), settings.connection());
        this.settings = settings;
        this.excludes = Excludes.of(context.options().excludes());
        this.xattrs = !context.options().noXattr();
        if (settings.snapshot().isPresent() && settings.consistency() == Consistency.LIVE) {
            throw new ConfigException("the settings \"snapshot\" and \"consistency=live\" contradict each other");
        }
        if (settings.identity() == IdentityRule.STRICT && !Set.of("hdfs", "viewfs").contains(cluster().scheme())) {
            throw new ConfigException("the setting \"identity\" can be strict only with hdfs and viewfs");
        }
    }

    /** Parts of a split have origins of their own, because a host compares with the latest backup of the same origin. */
    @Override
    public String origin() {
        return super.origin() + settings.split().suffix();
    }

    /** A process that counts would make a snapshot of its own. */
    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.STREAM);
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        SourceDiagnosis own = new SourceDiagnosis(cluster(), settings);
        return diagnosisWith(DiagnosisStep.of("rights", own::rights), DiagnosisStep.of("snapshot", own::snapshot));
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        Backup backup = new Backup(cluster(), settings, excludes, xattrs);
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
        super.close();
    }
}
