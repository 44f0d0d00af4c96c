package dev.kloset.hadoop.restore;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.mount.RealPath;
import dev.kloset.support.Sentence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem.HdfsDataOutputStreamBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes files under another name beside, renames them when they are whole, and then gives them what they had. Until then only the
 * user who restores can read them. For any number of threads.
 */
final class FileRestore {

    private static final System.Logger LOG = System.getLogger(FileRestore.class.getName());
    private static final FsPermission PRIVATE = new FsPermission((short) 0600);

    private final TargetSettings settings;
    private final Attributes attributes;
    private final AtomicLong left = new AtomicLong();

    FileRestore(TargetSettings settings, Attributes attributes) {
        this.settings = settings;
        this.attributes = attributes;
    }

    /** {@return how many files existed, and stayed} */
    long left() {
        return left.get();
    }

    /**
     * Restore a file, unless one that exists is to stay. {@return whether it was restored}
     *
     * @param lends whether its directory may give it lists of its own
     */
    boolean restore(RealPath target, FileInfo info, Metadata metadata, Content content, boolean lends)
            throws IOException {
        FileStatus existing = settings.overwrite() == Overwrite.ALWAYS ? null : status(target);
        if (existing != null && (settings.overwrite() == Overwrite.NEVER
                || existing.getModificationTime() >= info.modTime().toEpochMilli())) {
            left.incrementAndGet();
            return false;
        }
        replace(target, info, metadata, content, lends);
        return true;
    }

    private static @Nullable FileStatus status(RealPath target) throws IOException {
        try {
            return target.fileSystem().getFileStatus(target.path());
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /** Make the file, in place of one that exists. */
    void replace(RealPath target, FileInfo info, Metadata metadata, Content content, boolean lends)
            throws IOException {
        RealPath temporary = target.at(Layout.child(Layout.parent(target.pathname()), Layout.temporary()));
        FileSystem fileSystem = target.fileSystem();
        boolean whole = false;
        try {
            write(temporary, metadata, content);
            temporary.renameOver(target);
            whole = true;
        } finally {
            if (!whole) {
                delete(temporary);
            }
        }
        if (lends) {
            fileSystem.removeAcl(target.path());
        }
        attributes.apply(fileSystem, target.path(), info, metadata);
    }

    /** Also if the restore was cancelled, which must not stop this call. */
    private static void delete(RealPath temporary) {
        boolean interrupted = Thread.interrupted();
        try {
            temporary.fileSystem().delete(temporary.path(), false);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot delete " + temporary.pathname() + ", which is of no use: " + Sentence.of(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(RealPath temporary, Metadata metadata, Content content) throws IOException {
        try (InputStream in = content.open();
                OutputStream out = create(temporary.fileSystem().createFile(temporary.path()), metadata)) {
            in.transferTo(out);
        }
    }

    private OutputStream create(FSDataOutputStreamBuilder<?, ?> file, Metadata metadata) throws IOException {
        file.create().permission(PRIVATE);
        int replicas = settings.replicas() > 0 ? settings.replicas() : metadata.replication();
        if (replicas > 0) {
            file.replication((short) replicas);
        }
        if (metadata.blockSize() > 0) {
            file.blockSize(metadata.blockSize());
        }
        if (file instanceof HdfsDataOutputStreamBuilder hdfs && !metadata.erasureCoding().isEmpty()) {
            if (metadata.erasureCoding().equals(Metadata.REPLICATED)) {
                hdfs.replicate();
            } else {
                hdfs.ecPolicyName(metadata.erasureCoding());
            }
        }
        return file.build();
    }
}
