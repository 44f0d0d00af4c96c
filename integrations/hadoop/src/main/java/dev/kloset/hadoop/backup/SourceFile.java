package dev.kloset.hadoop.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.hadoop.hdfs.protocol.HdfsLocatedFileStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;

/**
 * A file or directory as it was listed.
 *
 * @param live where it is now
 */
record SourceFile(Source source, RealPath live, FileStatus status) {

    private static final int DIRECTORY = 0040000;
    private static final int PERMISSIONS = 01777;
    /** What stands for a generation stamp where there is none, because a host takes zero for no number. */
    private static final long NO_STAMP = 1;

    /** {@return how many bytes there are to read} Those that the writer of an open file has made visible count. */
    long size() throws IOException, InterruptedException {
        if (!isOpen() || !source.moment().isLive(live)) {
            return status.getLen();
        }
        return Calls.get(() -> {
            try (FSDataInputStream in = live.fileSystem().open(live.path())) {
                return in instanceof HdfsDataInputStream hdfs ? hdfs.getVisibleLength() : status.getLen();
            }
        });
    }

    /** {@return whether a writer has it open, as far as that is known} */
    private boolean isOpen() {
        return status instanceof HdfsLocatedFileStatus located && located.getLocatedBlocks().isUnderConstruction()
                || status instanceof HdfsFileStatus hdfs && source.open().contains(hdfs.getFileId());
    }

    /**
     * {@return what a host compares} An open file is read in each backup: nothing shows what its writer does.
     *
     * @param name the last part of its pathname
     */
    FileInfo info(String name, long size) {
        Instant time = isOpen() ? source.time() : Instant.ofEpochMilli(status.getModificationTime());
        FileInfo.Builder info = FileInfo.builder(name)
                .size(size)
                .mode(FileMode.fromPosix(status.getPermission().toShort() & PERMISSIONS))
                .modTime(time)
                .username(status.getOwner())
                .groupname(status.getGroup());
        return identify(info).build();
    }

    private FileInfo.Builder identify(FileInfo.Builder info) {
        if (status instanceof HdfsFileStatus hdfs) {
            return info.ino(hdfs.getFileId()).dev(stamp());
        }
        String etag = status instanceof EtagSource tagged ? tagged.getEtag() : null;
        return etag == null || etag.isEmpty() ? info : info.identity(etag.getBytes(UTF_8));
    }

    private long stamp() {
        LocatedBlock last = source.settings().identity() == IdentityRule.STRICT
                && status instanceof HdfsLocatedFileStatus located
                        ? located.getLocatedBlocks().getLastLocatedBlock()
                        : null;
        return last == null ? NO_STAMP : last.getBlock().getGenerationStamp();
    }

    /**
     * {@return the metadata of a directory}
     *
     * @param time of its last change
     */
    FileInfo directory(String name, Instant time) {
        FileInfo.Builder info = FileInfo.builder(name)
                .mode(FileMode.fromPosix(DIRECTORY | status.getPermission().toShort() & PERMISSIONS))
                .modTime(time)
                .username(status.getOwner())
                .groupname(status.getGroup());
        return status instanceof HdfsFileStatus hdfs ? info.ino(hdfs.getFileId()).dev(NO_STAMP).build() : info.build();
    }
}
