package dev.kloset.hadoop.restore;

import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.internal.CleanPath;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Where records go. Nothing gets out of the directory of the location: no part of a path is a dot or two. */
record TargetPaths(Cluster cluster, ColonMode colon) {

    private static final String ESCAPED = "%" + "3A";

    /**
     * {@return where a record goes}
     *
     * @throws IOException if nothing in HDFS may have its name
     */
    Path of(String pathname) throws IOException {
        String fault = CleanPath.fault(pathname);
        if (fault != null) {
            throw new IOException("cannot restore it: the path " + fault);
        }
        String named = pathname;
        if (pathname.indexOf(':') >= 0) {
            if (colon == ColonMode.REFUSE) {
                throw new IOException(
                        "cannot restore it: HDFS allows no colon in a name; colon=escape writes " + ESCAPED);
            }
            named = pathname.replace(":", ESCAPED);
        }
        String top = cluster.path();
        return cluster.at(pathname.equals("/") ? top : (top.equals("/") ? "" : top) + named);
    }

    /** {@return a path, as sentences name it} */
    String words(Path path) {
        return path.toUri().getPath() + " on " + cluster.name();
    }
}
