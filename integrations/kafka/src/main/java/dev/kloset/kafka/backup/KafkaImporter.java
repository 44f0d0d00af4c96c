package dev.kloset.kafka.backup;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.kafka.connect.Cluster;
import dev.kloset.resilience.LatestImport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics and groups of a cluster. It changes nothing there: its consumers are in no group, and nothing is held. Records
 * that are written meanwhile belong to the next backup.
 */
public final class KafkaImporter implements Importer {

    private final SourceSettings settings;
    private final Cluster cluster;
    private final Selection selection;
    private final String origin;
    private final @Nullable IOException unreachable;
    private final LatestImport<Session> latest = new LatestImport<>();

    /** Ask the cluster for its id. If it does not answer, {@link #importRecords} says why; a doctor can look for the reason. */
    public KafkaImporter(ConnectorContext context, SourceSettings settings) throws IOException, InterruptedException {
        if (Integer.bitCount(settings.window()) != 1) {
            throw new ConfigException("the setting \"window\" must be a power of two");
        }
        this.settings = settings;
        this.cluster = Cluster.of(settings.location(), settings.connection());
        this.selection = new Selection(cluster.topic(), settings.topics(), settings.groups(), settings.internal(),
                Excludes.of(context.options().excludes()));
        String id = cluster.name();
        IOException failure = null;
        try {
            id = cluster.id();
        } catch (IOException e) {
            failure = e;
        }
        this.origin = id;
        this.unreachable = failure;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public String root() {
        return "/";
    }

    /** A process that counts would ask the whole cluster a second time. */
    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.STREAM);
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        cluster.id();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(cluster.diagnosis());
        SourceDiagnosis own = new SourceDiagnosis(cluster, selection);
        steps.add(DiagnosisStep.of("rights", own::rights));
        steps.add(DiagnosisStep.of("leaders", own::leaders));
        return steps;
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        if (unreachable != null) {
            throw unreachable;
        }
        new Backup(cluster, latest.begin(new Session(cluster)), settings, selection).emit(records);
    }

    @Override
    public void close() throws IOException {
        latest.close();
    }
}
