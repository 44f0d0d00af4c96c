package dev.kloset.hadoop.restore;

import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.layout.Layout;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a file in the directory of a restore, or in the nearest one above it, and deletes it. */
record WriteProbe(Cluster cluster) {

    /** Fail if nothing can be written. */
    void run() throws IOException, InterruptedException {
        Path file = new Path(directory(), Layout.temporary());
        FileSystem fileSystem = cluster.fileSystem();
        try {
            Calls.get(() -> {
                try (OutputStream out = fileSystem.create(file, false)) {
                    out.write(1);
                }
                return fileSystem.delete(file, false);
            });
        } catch (IOException e) {
            throw new IOException("cannot write to " + cluster.path() + " on " + cluster.name(), e);
        }
    }

    /** {@return the nearest directory that exists} */
    Path directory() throws IOException, InterruptedException {
        FileSystem fileSystem = cluster.fileSystem();
        Path at = cluster.root();
        while (true) {
            Path now = at;
            try {
                if (!Calls.get(() -> fileSystem.getFileStatus(now)).isDirectory()) {
                    throw new IOException(now.toUri().getPath() + " on " + cluster.name() + " is not a directory");
                }
                return at;
            } catch (FileNotFoundException e) {
                if (at.getParent() == null) {
                    throw e;
                }
                at = at.getParent();
            }
        }
    }
}
