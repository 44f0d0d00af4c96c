package dev.kloset.hadoop.backup;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.exclude.Excludes;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.mount.RealPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/** What a doctor finds out about a source. */
record SourceDiagnosis(Cluster cluster, SourceSettings settings) {

    private static final System.Logger LOG = System.getLogger(SourceDiagnosis.class.getName());

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

    /** Fail where a backup would fail, and warn where it would warn that it does not show one moment. */
    void snapshot() throws IOException, InterruptedException {
        Backup backup = new Backup(cluster, settings, Excludes.of(List.of()), false);
        if (!backup.isHeld()) {
            return;
        }
        if (settings.snapshot().isPresent()) {
            backup.hold().check(settings.snapshot().get());
        } else {
            owned(backup);
        }
    }

    /** Only the owner of a directory and superusers may make a snapshot, and nothing tells who is a superuser. */
    private void owned(Backup backup) throws IOException, InterruptedException {
        for (RealPath directory : backup.directories()) {
            String owner = Calls.get(() -> directory.fileSystem().getFileStatus(directory.path())).getOwner();
            if (mayWrite(directory)) {
                continue;
            }
            String fault = cluster.who() + " may not make a snapshot of " + directory.pathname() + " on "
                    + cluster.name() + ", but its owner " + owner + " may";
            if (backup.isRequired()) {
                throw new ConnectorException(ErrorKind.PERMISSION, fault);
            }
            LOG.log(Level.WARNING, fault + SnapshotHold.SO_LIVE);
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
