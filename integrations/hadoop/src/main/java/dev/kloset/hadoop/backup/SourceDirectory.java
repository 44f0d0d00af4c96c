package dev.kloset.hadoop.backup;

import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.mount.RealPath;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.protocol.ErasureCodingPolicy;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;

/**
 * A directory, with what its files have if nothing else is said of them.
 *
 * @param live where it is now
 * @param pathname in the snapshot
 * @param above the directory above it has this; for the top of the tree, as little as there is
 */
record SourceDirectory(RealPath live, String pathname, FileStatus status, Standard above) {

    /**
     * What a directory gives to what is in it.
     *
     * @param erasureCoding the policy; empty if there is none
     * @param storagePolicy the number of the policy; 0 if there is none
     */
    record Standard(String erasureCoding, byte storagePolicy) {

        static final Standard NONE = new Standard("", (byte) 0);

        static Standard of(FileStatus status) {
            if (!(status instanceof HdfsFileStatus hdfs)) {
                return NONE;
            }
            ErasureCodingPolicy policy = hdfs.getErasureCodingPolicy();
            return new Standard(policy == null ? "" : policy.getName(), hdfs.getStoragePolicy());
        }
    }

    Standard standard() {
        return Standard.of(status);
    }

    SourceDirectory child(String name, RealPath child, FileStatus found) {
        return new SourceDirectory(child, Layout.child(pathname, name), found, standard());
    }
}
