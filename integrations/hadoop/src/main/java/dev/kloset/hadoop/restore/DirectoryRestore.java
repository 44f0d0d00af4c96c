package dev.kloset.hadoop.restore;

import dev.kloset.FileInfo;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.layout.Metadata;
import dev.kloset.hadoop.mount.RealPath;
import dev.kloset.support.Sentence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.ErasureCodingPolicy;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.jspecify.annotations.Nullable;

/** Makes directories, and gives them at the end what they had. For any number of threads. */
final class DirectoryRestore implements PendingDirectories.Visitor {

    private static final System.Logger LOG = System.getLogger(DirectoryRestore.class.getName());
    private static final long UNCHANGED = Long.MAX_VALUE; // HdfsConstants.QUOTA_DONT_SET
    /** Until the end, for the user who restores alone. */
    private static final FsPermission PRIVATE = new FsPermission((short) 0700);

    private final Cluster cluster;
    private final FileSystem view;
    private final TargetPaths paths;
    private final TargetSettings settings;
    private final Attributes attributes;
    private final PendingDirectories pending = new PendingDirectories();
    private final Set<String> lending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean saidQuota = new AtomicBoolean();
    private int failures; // of the end, which is one thread
    private @Nullable IOException first;

    DirectoryRestore(Cluster cluster, FileSystem view, TargetPaths paths, TargetSettings settings,
            Attributes attributes) {
        this.cluster = cluster;
        this.view = view;
        this.paths = paths;
        this.settings = settings;
        this.attributes = attributes;
    }

    /** {@return where a record goes} Behind a view its directory must exist. */
    RealPath target(String pathname) throws IOException, InterruptedException {
        Path path = paths.of(pathname);
        if (pathname.equals("/") || path.getParent() == null) {
            return Calls.get(() -> RealPath.of(view, path));
        }
        RealPath directory = Calls.get(() -> RealPath.of(view, path.getParent()));
        return directory.child(path.getName());
    }

    /** Make a directory, unless it exists. The directory of the location keeps what it has, if it exists. */
    void make(String pathname, FileInfo info) throws IOException, InterruptedException {
        Path path = paths.of(pathname);
        FileStatus existing = status(path);
        if (existing == null) {
            Calls.get(() -> view.mkdirs(path, PRIVATE));
            withoutLentLists(path);
        } else if (!existing.isDirectory()) {
            throw new IOException("cannot make the directory " + paths.words(path) + ": a file has its name");
        } else if (existing.hasAcl()) {
            lending.add(pathname);
        }
        if (existing == null || settings.overwrite() != Overwrite.NEVER && !pathname.equals("/")) {
            pending.add(pathname, info);
        }
    }

    private @Nullable FileStatus status(Path path) throws IOException, InterruptedException {
        try {
            return Calls.get(() -> view.getFileStatus(path));
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /** A directory with default lists gives them to what is made in it. The snapshot says which lists there are. */
    private void withoutLentLists(Path path) throws IOException, InterruptedException {
        Calls.get(() -> {
            if (view.getFileStatus(path).hasAcl()) {
                view.removeAcl(path);
            }
            return true;
        });
    }

    /** {@return whether a directory may give lists to what is made in it} */
    boolean lends(String pathname) {
        return lending.contains(pathname);
    }

    /**
     * Apply what a directory must have before files are made in it, and keep the rest for the end. {@return whether files that are in
     * it would have been made otherwise}
     */
    boolean metadata(RealPath directory, String pathname, Metadata line) throws IOException, InterruptedException {
        if (!line.equals(Metadata.none(line.name()))) {
            pending.add(pathname, line);
        }
        return Calls.get(() -> {
            if (!line.storagePolicy().isEmpty() && !line.storagePolicy()
                    .equals(directory.fileSystem().getStoragePolicy(directory.path()).getName())) {
                directory.fileSystem().setStoragePolicy(directory.path(), line.storagePolicy());
            }
            return !line.erasureCoding().isEmpty() && code(directory, line.erasureCoding());
        });
    }

    private static boolean code(RealPath directory, String wanted) throws IOException {
        ErasureCodingPolicy policy = switch (directory.fileSystem()) {
            case DistributedFileSystem hdfs -> hdfs.getErasureCodingPolicy(directory.path());
            case WebHdfsFileSystem web -> web.getErasureCodingPolicy(directory.path());
            default -> throw new IOException("this file system has no erasure coding");
        };
        if (policy != null && policy.getName().equals(wanted)) {
            return false;
        }
        switch (directory.fileSystem()) {
            case DistributedFileSystem hdfs -> hdfs.setErasureCodingPolicy(directory.path(), wanted);
            case WebHdfsFileSystem web -> web.setErasureCodingPolicy(directory.path(), wanted);
            default -> throw new IllegalStateException("has been looked at");
        }
        return true;
    }

    /**
     * Give all directories what they had.
     *
     * @throws IOException with the number of those that did not get it, and the first reason
     */
    void finish() throws IOException, InterruptedException {
        pending.drain(this);
        if (first != null) {
            throw new IOException("the restore into " + cluster.path() + " on " + cluster.name() + " is not complete: "
                    + failures + (failures == 1 ? " directory lacks" : " directories lack")
                    + " something, the first because",
                    first);
        }
    }

    @Override
    public void metadata(String pathname, Metadata metadata) throws InterruptedException {
        Path path = end(pathname, p -> attributes.apply(view, p, metadata));
        if (path != null && (metadata.quota() >= 0 || metadata.spaceQuota() >= 0)) {
            quota(path, metadata);
        }
    }

    private void quota(Path path, Metadata metadata) throws InterruptedException {
        try {
            RealPath real = Calls.get(() -> RealPath.of(view, path));
            Calls.get(() -> {
                real.fileSystem()
                        .setQuota(real.path(), metadata.quota() >= 0 ? metadata.quota() : UNCHANGED,
                                metadata.spaceQuota() >= 0 ? metadata.spaceQuota() : UNCHANGED);
                return true;
            });
        } catch (IOException | UnsupportedOperationException e) {
            if (saidQuota.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "cannot set the quota of " + paths.words(path) + ", nor any other: "
                        + Sentence.of(e));
            }
        }
    }

    @Override
    public void info(String pathname, FileInfo info) throws InterruptedException {
        end(pathname, path -> attributes.apply(view, path, info));
    }

    private @Nullable Path end(String pathname, Step step) throws InterruptedException {
        try {
            Path path = paths.of(pathname);
            Calls.get(() -> {
                try {
                    step.run(path);
                    return true;
                } catch (IOException e) {
                    throw new IOException("cannot finish " + paths.words(path), e);
                }
            });
            return path;
        } catch (IOException e) {
            failures++;
            first = first == null ? e : first;
            return null;
        }
    }

    /** One call for one directory. */
    private interface Step {

        void run(Path path) throws IOException;
    }
}
