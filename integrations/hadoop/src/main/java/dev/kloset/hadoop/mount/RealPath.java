package dev.kloset.hadoop.mount;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

/**
 * A path on the file system that has it: behind the mount table of a view, that of the mount point. A view shows less of a file, and
 * has no rename that replaces.
 *
 * @param path with the scheme and the authority of the file system
 */
public record RealPath(FileSystem fileSystem, Path path) {

    /**
     * {@return where a path of {@code fileSystem} really is} Asks the cluster behind a view, and no other.
     *
     * @throws IOException if it is behind a view and does not exist
     */
    public static RealPath of(FileSystem fileSystem, Path path) throws IOException {
        if (fileSystem instanceof ViewFileSystem view) {
            Path resolved = view.resolvePath(path);
            for (FileSystem child : view.getChildFileSystems()) {
                if (isOf(child.getUri(), resolved.toUri())) {
                    return new RealPath(child, resolved);
                }
            }
        }
        return new RealPath(fileSystem, path);
    }

    private static boolean isOf(URI fileSystem, URI path) {
        return fileSystem.getScheme().equals(path.getScheme())
                && Objects.equals(fileSystem.getAuthority(), path.getAuthority());
    }

    /** {@return whether this is a directory of a mount table, which no cluster has} */
    public boolean isMountTable() {
        return fileSystem instanceof ViewFileSystem;
    }

    /** {@return the path without scheme and authority} */
    public String pathname() {
        return path.toUri().getPath();
    }

    /** {@return a path below this one} Asks no server, so in a mount table it is not the real one. */
    public RealPath child(String name) {
        String above = pathname();
        return at(above.equals("/") ? "/" + name : above + "/" + name);
    }

    /** {@return an absolute pathname of the same file system} */
    public RealPath at(String pathname) {
        URI uri = path.toUri();
        return new RealPath(fileSystem, new Path(uri.getScheme(), uri.getAuthority(), pathname));
    }

    /** {@return whether {@code other} is the same or below this one} */
    public boolean contains(RealPath other) {
        String above = pathname();
        return fileSystem.getUri().equals(other.fileSystem.getUri()) && (above.equals("/")
                || other.pathname().equals(above) || other.pathname().startsWith(above + "/"));
    }

    /** Give this file the path {@code target} in the same directory, and replace what is there; in one step, where HDFS is below. */
    public void renameOver(RealPath target) throws IOException {
        switch (fileSystem) {
            case DistributedFileSystem hdfs -> hdfs.rename(path, target.path, Rename.OVERWRITE);
            case WebHdfsFileSystem web -> web.rename(path, target.path, Rename.OVERWRITE);
            default -> {
                fileSystem.delete(target.path, false);
                if (!fileSystem.rename(path, target.path)) {
                    throw new IOException("it cannot get its name");
                }
            }
        }
    }
}
