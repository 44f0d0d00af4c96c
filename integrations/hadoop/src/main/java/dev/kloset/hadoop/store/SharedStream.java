package dev.kloset.hadoop.store;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.jspecify.annotations.Nullable;

/** The one open stream of an object. Reads at positions, for any number of threads at once. */
final class SharedStream {

    private final DistributedFileSystem hdfs;
    private final Path path;
    private @Nullable FSDataInputStream stream; // guarded by this
    int users; // guarded by the SharedStreams

    SharedStream(DistributedFileSystem hdfs, Path path) {
        this.hdfs = hdfs;
        this.path = path;
    }

    Path path() {
        return path;
    }

    private synchronized FSDataInputStream stream() throws IOException {
        if (stream == null) {
            stream = hdfs.open(path);
        }
        return stream;
    }

    /** {@return how many bytes from {@code position} on are now in {@code bytes}: all of {@code count}, or less at the end} */
    int read(long position, byte[] bytes, int count) throws IOException {
        FSDataInputStream in = stream();
        int done = 0;
        while (done < count) {
            int read = in.read(position + done, bytes, done, count - done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    synchronized void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
