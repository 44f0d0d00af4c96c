package dev.kloset.hadoop.backup;

import dev.kloset.exclude.Excludes;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * A tree at a moment.
 *
 * @param view the file system of the location, which may be a view of others
 * @param xattrs whether extended attributes are wanted
 * @param time of the backup
 */
record Source(Cluster cluster, FileSystem view, SourceSettings settings, Excludes excludes, Moment moment,
        OpenFiles open, boolean xattrs, Instant time) {

    /** {@return what is at a path, at the moment} */
    FileStatus status(RealPath live) throws IOException, InterruptedException {
        RealPath at = moment.at(live);
        return Calls.get(() -> at.fileSystem().getFileStatus(at.path()));
    }

    /** {@return what is in a directory, at the moment} With blocks, if the rule is strict. */
    RemoteIterator<? extends FileStatus> list(RealPath live) throws IOException, InterruptedException {
        RealPath at = moment.at(live);
        if (settings.identity() == IdentityRule.STRICT && at.fileSystem() instanceof DistributedFileSystem hdfs) {
            return Calls.get(() -> hdfs.listLocatedStatus(at.path()));
        }
        return Calls.get(() -> at.fileSystem().listStatusIterator(at.path()));
    }

    /** {@return a path, as sentences name it} */
    String words(String pathname) {
        return pathname + " on " + cluster.name();
    }
}
