package dev.kloset.hadoop.connect;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;

/** Finds where a path of a view really is, also one that does not exist yet. */
record ViewedPath(ViewFileSystem view) {

    Path resolve(Path path) throws IOException, InterruptedException {
        try {
            return Calls.get(() -> view.resolvePath(path));
        } catch (FileNotFoundException e) {
            Path parent = path.getParent();
            if (parent == null) {
                throw e;
            }
            return new Path(resolve(parent), path.getName());
        }
    }
}
