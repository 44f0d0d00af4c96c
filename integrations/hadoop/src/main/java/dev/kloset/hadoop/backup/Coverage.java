package dev.kloset.hadoop.backup;

import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.mount.RealPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.SnapshottableDirectoryStatus;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * What of a tree can be in a snapshot.
 *
 * @param directories the snapshottable directories above it, or in it
 * @param uncovered the tops of what is not below one of these
 */
record Coverage(List<RealPath> directories, List<RealPath> uncovered) {

    /** {@return that of a tree} Behind a view, of each mount point in it. */
    static Coverage of(FileSystem view, RealPath top) throws IOException, InterruptedException {
        Coverage coverage = new Coverage(new ArrayList<>(), new ArrayList<>());
        coverage.add(view, top);
        return coverage;
    }

    private void add(FileSystem view, RealPath top) throws IOException, InterruptedException {
        if (top.isMountTable()) {
            for (FileStatus mount : Calls.get(() -> view.listStatus(top.path()))) {
                RealPath child = top.child(mount.getPath().getName());
                add(view, Calls.get(() -> RealPath.of(view, child.path())));
            }
            return;
        }
        RealPath above = above(top);
        if (above == null) {
            directories.addAll(below(top));
            uncovered.add(top);
        } else if (!directories.contains(above)) {
            directories.add(above);
        }
    }

    /** {@return the nearest directory at or above {@code top} that is snapshottable} */
    private static @Nullable RealPath above(RealPath top) throws IOException, InterruptedException {
        for (RealPath at = top; !at.pathname().equals("/"); at = at.at(Layout.parent(at.pathname()))) {
            RealPath now = at;
            if (Calls.get(() -> now.fileSystem().getFileStatus(now.path())).isSnapshotEnabled()) {
                return at;
            }
        }
        // The root of HDFS always looks snapshottable, and has room for no snapshot until an administrator allows them.
        RealPath root = top.at("/");
        return snapshottable(top).contains(root) ? root : null;
    }

    /** {@return the snapshottable directories below {@code top}, as far as this user may know} */
    private static List<RealPath> below(RealPath top) throws IOException, InterruptedException {
        return snapshottable(top).stream().filter(top::contains).toList();
    }

    private static List<RealPath> snapshottable(RealPath top) throws IOException, InterruptedException {
        SnapshottableDirectoryStatus[] all = switch (top.fileSystem()) {
            case DistributedFileSystem hdfs -> Calls.get(hdfs::getSnapshottableDirListing);
            case WebHdfsFileSystem web -> Calls.get(web::getSnapshottableDirectoryList);
            default -> null;
        };
        return Stream.of(Objects.requireNonNullElse(all, new SnapshottableDirectoryStatus[0]))
                .map(one -> top.at(one.getFullPath().toUri().getPath()))
                .toList();
    }

    /** {@return the directories, as sentences name them} */
    String words() {
        return String.join(", ", directories.stream().map(RealPath::pathname).sorted().toList());
    }
}
