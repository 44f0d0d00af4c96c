package dev.kloset.hadoop.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.hadoop.mount.RealPath;
import dev.kloset.resilience.SourceLease;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;

/** One backup: chooses the moment, and emits the tree. */
final class Backup {

    private static final System.Logger LOG = System.getLogger(Backup.class.getName());

    private final Cluster cluster;
    private final SourceSettings settings;
    private final Excludes excludes;
    private final boolean xattrs;
    private final FileSystem view;
    private final RealPath top;
    private final Coverage coverage;

    /** Find out what can be in a snapshot. */
    Backup(Cluster cluster, SourceSettings settings, Excludes excludes, boolean xattrs)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.settings = settings;
        this.excludes = excludes;
        this.xattrs = xattrs && settings.xattrs();
        this.view = cluster.fileSystem();
        try {
            this.top = Calls.get(() -> RealPath.of(view, cluster.root()));
            this.coverage = isLive() ? new Coverage(List.of(), List.of()) : Coverage.of(view, top);
        } catch (IOException e) {
            throw new IOException("cannot back up " + cluster.path() + " on " + cluster.name(), e);
        }
    }

    private boolean isLive() {
        return settings.consistency() == Consistency.LIVE && settings.snapshot().isEmpty();
    }

    /** {@return whether there is no backup without a snapshot} */
    boolean isRequired() {
        return settings.consistency() == Consistency.REQUIRE_SNAPSHOT || settings.snapshot().isPresent();
    }

    /** {@return the directories of which there will be a snapshot} */
    List<RealPath> directories() {
        return coverage.directories();
    }

    /** {@return what holds the tree during this backup} */
    SnapshotHold hold() {
        return new SnapshotHold(cluster.name(), coverage.directories(), isRequired());
    }

    /** {@return the lease on that} */
    SourceLease lease(SnapshotHold hold) {
        SourceLease lease = SourceLease.of("the snapshot of " + coverage.words() + " on " + cluster.name(), hold)
                .length(settings.lease());
        return settings.snapshot().map(lease::existing).orElse(lease);
    }

    /**
     * {@return whether there is anything to hold}
     *
     * @throws IOException if something cannot be held that must be
     */
    boolean isHeld() throws IOException {
        if (!coverage.uncovered().isEmpty()) {
            String path = coverage.uncovered().getFirst().pathname();
            if (isRequired()) {
                throw new ConnectorException(ErrorKind.CONFIGURATION, path + " on " + cluster.name()
                        + " cannot be snapshotted: an administrator runs \"hdfs dfsadmin -allowSnapshot " + path
                        + "\", or set consistency=live");
            }
            warn(path);
        }
        return !coverage.directories().isEmpty();
    }

    private void warn(String path) {
        if (cluster.scheme().contains("hdfs") || cluster.scheme().equals("viewfs")) {
            LOG.log(Level.WARNING, path + " on " + cluster.name() + " cannot be snapshotted, so "
                    + (coverage.directories().isEmpty() ? "files" : "what is outside of " + coverage.words())
                    + " may change while it is read: an administrator runs \"hdfs dfsadmin -allowSnapshot " + path
                    + "\", or set consistency=live");
        }
    }

    /** Emit the tree at a moment. */
    void emit(Moment moment, RecordSink sink) throws IOException, InterruptedException {
        OpenFiles open = OpenFiles.below(top.isMountTable() ? coverage.directories() : List.of(top));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Source source = new Source(cluster, view, settings, excludes, moment, open, xattrs, now);
        TreeRecords records = new TreeRecords(source, sink);
        new Tree(source, records).emit(top, cluster.path());
        records.point(new PointFile(cluster.name(), now, moment.snapshot(),
                moment.directories().stream().map(RealPath::pathname).toList(), open.numbers().size(), open.first()));
    }
}
