package dev.kloset.hadoop.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.mount.RealPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/** What a doctor finds out about a source. */
record SourceDiagnosis(Cluster cluster, SourceSettings settings) {

    /** Fail if the directory must not be read. */
    void rights() throws IOException, InterruptedException {
        FileSystem fileSystem = cluster.fileSystem();
        try {
            Calls.get(() -> {
                boolean isDirectory = fileSystem.getFileStatus(cluster.root()).isDirectory();
                fileSystem.access(cluster.root(), isDirectory ? FsAction.READ_EXECUTE : FsAction.READ);
                return true;
            });
        } catch (IOException e) {
            throw new IOException("cannot read " + cluster.path() + " on " + cluster.name(), e);
        }
    }

    /** Fail if the backup would not show one moment, unless the settings say that it need not. */
    void snapshot() throws IOException, InterruptedException {
        if (settings.consistency() == Consistency.LIVE) {
            return;
        }
        FileSystem fileSystem = cluster.fileSystem();
        RealPath top = Calls.get(() -> RealPath.of(fileSystem, cluster.root()));
        Coverage coverage = Coverage.of(fileSystem, top);
        if (!coverage.uncovered().isEmpty()) {
            String path = coverage.uncovered().getFirst().pathname();
            throw new ConnectorException(ErrorKind.CONFIGURATION, path + " on " + cluster.name()
                    + " cannot be snapshotted: an administrator runs \"hdfs dfsadmin -allowSnapshot " + path
                    + "\", or set consistency=live");
        }
        if (settings.snapshot().isPresent()) {
            new SnapshotHold(cluster.name(), coverage.directories(), true).check(settings.snapshot().get());
        } else {
            owned(coverage.directories());
        }
    }

    /** Only the owner of a directory and superusers may make a snapshot, and nothing tells who is a superuser. */
    private void owned(List<RealPath> directories) throws IOException, InterruptedException {
        for (RealPath directory : directories) {
            String owner = Calls.get(() -> directory.fileSystem().getFileStatus(directory.path())).getOwner();
            if (!mayWrite(directory)) {
                throw new ConnectorException(ErrorKind.PERMISSION, cluster.who() + " may not make a snapshot of "
                        + directory.pathname() + " on " + cluster.name() + ", but its owner " + owner + " may");
            }
        }
    }

    private static boolean mayWrite(RealPath directory) throws IOException, InterruptedException {
        return Calls.get(() -> {
            try {
                directory.fileSystem().access(directory.path(), FsAction.WRITE);
                return true;
            } catch (AccessControlException | FileNotFoundException e) {
                return false;
            }
        });
    }
}
