package dev.kloset.hadoop.store;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Writes files of a repository, whole or not at all. A file gets its name when its bytes are on the disks of the DataNodes: HDFS
 * promises that of {@code hsync}, not of {@code close}. For any number of threads.
 */
record StoreFiles(DistributedFileSystem hdfs, StoreLayout layout, String name, Optional<Short> replicas,
        Path temporaries) {

    /**
     * {@return the files of a repository} Connects to the cluster.
     *
     * @param name the place in the user's words
     */
    static StoreFiles of(Cluster cluster, String name, Optional<Short> replicas)
            throws IOException, InterruptedException {
        if (cluster.fileSystem() instanceof DistributedFileSystem hdfs) {
            StoreLayout layout = new StoreLayout(cluster.root());
            return new StoreFiles(hdfs, layout, name, replicas, layout.temporaries());
        }
        throw new ConnectorException(ErrorKind.UNSUPPORTED, "cannot keep a repository at " + name
                + ": it is not on HDFS");
    }

    /** {@return the same, with its temporary files in another directory} */
    StoreFiles writingIn(Path directory) {
        return new StoreFiles(hdfs, layout, name, replicas, directory);
    }

    /**
     * Write {@code data} under a temporary name, and give it the name {@code target}, whatever has that now.
     *
     * @return the number of bytes
     */
    long replace(Path target, InputStream data) throws IOException, InterruptedException {
        return publish(target, data, Options.Rename.OVERWRITE);
    }

    /** The same, if nothing has that name. */
    void make(Path target, InputStream data) throws IOException, InterruptedException {
        publish(target, data, Options.Rename.NONE);
    }

    private long publish(Path target, InputStream data, Options.Rename how) throws IOException, InterruptedException {
        Path temporary = new Path(temporaries, StoreLayout.temporary());
        try {
            long bytes = write(temporary, data);
            hdfs.rename(temporary, target, how);
            return bytes;
        } catch (RuntimeException e) {
            discard(temporary, e);
            throw e;
        } catch (IOException e) {
            discard(temporary, e);
            throw Calls.checked(e);
        }
    }

    private long write(Path file, InputStream data) throws IOException {
        FSDataOutputStream out = create(file);
        try {
            requireSync(out);
            long bytes = data.transferTo(out);
            out.hsync();
            out.close();
            return bytes;
        } catch (IOException | RuntimeException e) {
            close(out, e);
            throw e;
        }
    }

    private static void requireSync(FSDataOutputStream out) throws ConnectorException {
        if (!out.hasCapability(StreamCapabilities.HSYNC)) {
            throw new ConnectorException(ErrorKind.UNSUPPORTED,
                    "HDFS does not promise that a file with erasure coding survives a crash")
                    .hint("set replication to a number");
        }
    }

    /** A stream that has failed throws the same exception again when it is closed, so try-with-resources would fail. */
    private static void close(FSDataOutputStream out, Exception failure) {
        try {
            out.close();
        } catch (IOException e) {
            if (!e.equals(failure)) {
                failure.addSuppressed(e);
            }
        }
    }

    private FSDataOutputStream create(Path file) throws IOException {
        var builder = hdfs.createFile(file).overwrite(false);
        if (replicas.isPresent()) {
            builder.replicate().replication(replicas.get());
        }
        return builder.build();
    }

    /** Remove what was not published. If that fails, too, a sweep does it one day. */
    private void discard(Path temporary, Exception failure) {
        boolean isInterrupted = Thread.interrupted(); // or this call would fail at once
        try {
            hdfs.delete(temporary, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
