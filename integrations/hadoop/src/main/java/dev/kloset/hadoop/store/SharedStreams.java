package dev.kloset.hadoop.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * The most recently used objects, open. A host reads many small ranges of a packfile, and to open it costs more than to read one.
 * All readers of an object share its stream, which reads at any position. At most 64 streams stay open without a reader; each reader
 * holds one at most. Safe for any number of threads.
 */
final class SharedStreams implements AutoCloseable {

    static final int MOST = 64;

    private final DistributedFileSystem hdfs;
    private final Map<Path, SharedStream> kept = new LinkedHashMap<>(MOST, 0.75f, true); // guarded by this

    SharedStreams(DistributedFileSystem hdfs) {
        this.hdfs = hdfs;
    }

    /** {@return the stream of an object} The caller gives it back. Does not open it yet. */
    synchronized SharedStream borrow(Path object) throws IOException {
        SharedStream stream = kept.computeIfAbsent(object, path -> new SharedStream(hdfs, path));
        stream.users++;
        trim();
        return stream;
    }

    private void trim() throws IOException {
        Iterator<SharedStream> oldest = kept.values().iterator();
        while (kept.size() > MOST && oldest.hasNext()) {
            SharedStream stream = oldest.next();
            if (stream.users == 0) {
                oldest.remove();
                stream.close();
            }
        }
    }

    synchronized void giveBack(SharedStream stream) throws IOException {
        stream.users--;
        if (stream.users == 0 && kept.get(stream.path()) != stream) {
            stream.close();
        }
        trim();
    }

    /** Open an object anew for later readers: it was replaced or removed, or its stream has failed. */
    synchronized void forget(Path object) throws IOException {
        SharedStream stream = kept.remove(object);
        if (stream != null && stream.users == 0) {
            stream.close();
        }
    }

    /** {@return how many are open, for tests} */
    synchronized int size() {
        return kept.size();
    }

    @Override
    public synchronized void close() throws IOException {
        for (SharedStream stream : kept.values()) {
            if (stream.users == 0) {
                stream.close();
            }
        }
        kept.clear();
    }

    /** {@return the bytes of a range of an object} The caller closes the stream. */
    InputStream open(Path object, long offset, long length) throws IOException {
        RangeReader reader = new RangeReader(this, object, offset, length);
        try {
            reader.begin(); // says at once if there is no such object
            return reader;
        } catch (IOException | RuntimeException e) {
            try (reader) {
                throw e;
            }
        }
    }
}
