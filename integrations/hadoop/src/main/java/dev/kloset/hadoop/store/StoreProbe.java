package dev.kloset.hadoop.store;

import dev.kloset.hadoop.connect.Calls;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * Tries out what a repository needs: a file that is synced, and a rename over another. In a repository it works where only temporary
 * files are; where there is none yet, in the directory that exists above it.
 */
record StoreProbe(StoreFiles files) {

    void run() throws IOException, InterruptedException {
        Path directory = nearest(files.layout().temporaries());
        Path target = new Path(directory, "._kloset_" + UUID.randomUUID());
        StoreFiles there = files.writingIn(directory);
        try {
            there.replace(target, new ByteArrayInputStream(new byte[1]));
            there.replace(target, new ByteArrayInputStream(new byte[2]));
        } catch (IOException e) {
            throw new IOException("cannot write to " + directory.toUri().getPath() + " on " + files.name(), e);
        } finally {
            Calls.get(() -> files.hdfs().delete(target, false));
        }
    }

    private Path nearest(Path wanted) throws IOException, InterruptedException {
        Path path = wanted;
        while (path.getParent() != null && !isThere(path)) {
            path = path.getParent();
        }
        return path;
    }

    private boolean isThere(Path path) throws IOException, InterruptedException {
        try {
            Calls.get(() -> files.hdfs().getFileStatus(path));
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }
}
