package dev.kloset.hadoop.connect;

import dev.kloset.Connector;
import dev.kloset.DiagnosisStep;
import dev.kloset.Location;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What importer, exporter and store have in common: the names that their location gives them, and a cluster that ends with them. */
public abstract class ClusterConnector implements Connector {

    private final Cluster cluster;

    /** Check the settings of the connection. Nothing is asked of the cluster yet. */
    protected ClusterConnector(Location location, ConnectionSettings settings) throws IOException {
        this.cluster = Cluster.of(location, settings);
    }

    protected final Cluster cluster() {
        return cluster;
    }

    @Override
    public String origin() {
        return cluster.origin();
    }

    @Override
    public final String type() {
        return cluster.scheme();
    }

    @Override
    public final String root() {
        return cluster.path();
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        cluster.ping();
    }

    /** {@return the steps of a doctor up to the first answer, and {@code own} behind them} */
    protected final List<DiagnosisStep> diagnosisWith(DiagnosisStep... own) {
        return Stream.concat(cluster.diagnosis().stream(), Stream.of(own)).toList();
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
