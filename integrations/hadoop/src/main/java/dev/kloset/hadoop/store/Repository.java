package dev.kloset.hadoop.store;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.UploadAbortedException;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.resilience.ListedLocks;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The objects of a repository, on a cluster that answers. For any number of threads. */
final class Repository implements AutoCloseable {

    /** A larger range is read ahead by a stream of its own, which costs less than reading it at positions. */
    private static final long LARGEST_SHARED = 1 << 20;
    /** Each lock is a question to the NameNode and one to a DataNode. */
    private static final int LOCKS_AT_ONCE = 16;

    private final Cluster resolved;
    private final StoreFiles files;
    private final SharedStreams streams;
    private final ListedLocks locks = new ListedLocks(this::lock, LOCKS_AT_ONCE);
    private final Set<Path> made = ConcurrentHashMap.newKeySet(); // at most the buckets: 513
    private final AtomicBoolean swept = new AtomicBoolean();

    private Repository(Cluster resolved, StoreFiles files) {
        this.resolved = resolved;
        this.files = files;
        this.streams = new SharedStreams(files.hdfs());
    }

    static Repository of(Cluster cluster, Optional<Short> replicas) throws IOException, InterruptedException {
        Cluster resolved = cluster.resolved();
        return new Repository(resolved, StoreFiles.of(resolved, cluster.name() + cluster.path(), replicas));
    }

    StoreFiles files() {
        return files;
    }

    List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        try {
            List<ObjectMac> listed = new StoreListing(files).list(resource);
            return resource == StorageResource.LOCK ? locks.keep(listed) : listed;
        } catch (IOException e) {
            throw failure("list the " + StoreLayout.words(resource) + "s", e);
        }
    }

    long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException, InterruptedException {
        Path object = files.layout().object(resource, mac);
        try {
            makeParent(object);
            long bytes = files.replace(object, data);
            forget(resource, mac, object);
            if (!swept.getAndSet(true)) {
                new Sweep(files).from(object);
            }
            return bytes;
        } catch (UploadAbortedException e) {
            throw e;
        } catch (IOException e) {
            made.clear(); // another process may have removed what was there
            throw failure("store " + StoreLayout.words(resource) + " " + mac, e);
        }
    }

    private void makeParent(Path object) throws IOException, InterruptedException {
        Path parent = object.getParent();
        if (made.isEmpty()) {
            requireConfig();
            Calls.get(() -> files.hdfs().mkdirs(files.layout().temporaries()));
        }
        if (!made.contains(parent)) {
            Calls.get(() -> files.hdfs().mkdirs(parent));
            made.add(parent);
        }
    }

    /** A directory that came with another copy, or is made for one object, would hide that the repository is gone. */
    private void requireConfig() throws IOException, InterruptedException {
        try {
            Calls.get(() -> files.hdfs().getFileStatus(files.layout().config()));
        } catch (FileNotFoundException e) {
            throw missing();
        }
    }

    private IOException missing() {
        return new ConnectorException(ErrorKind.NOT_FOUND,
                "no Kloset repository at " + files.name() + ": CONFIG is missing");
    }

    byte[] config() throws IOException, InterruptedException {
        try (InputStream config = Calls.get(() -> whole(files.layout().config()))) {
            return Calls.get(config::readAllBytes);
        } catch (FileNotFoundException e) {
            throw missing();
        } catch (IOException e) {
            throw new IOException("cannot open the repository at " + files.name(), e);
        }
    }

    InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException {
        Path object = files.layout().object(resource, mac);
        try {
            return Calls.get(() -> open(resource, object, range));
        } catch (FileNotFoundException e) {
            byte[] listed = resource == StorageResource.LOCK ? locks.get(mac) : null;
            if (listed == null) {
                throw new NoSuchFileException(StoreLayout.words(resource) + " " + mac, null,
                        "not in the repository at " + files.name());
            }
            InputStream whole = new ByteArrayInputStream(listed);
            return range == null ? whole : range.of(whole);
        } catch (IOException e) {
            throw failure("read " + StoreLayout.words(resource) + " " + mac, e);
        }
    }

    private InputStream open(StorageResource resource, Path object, @Nullable Range range) throws IOException {
        if (range == null) {
            return whole(object);
        }
        // A lock is replaced every few minutes, under its name.
        return resource != StorageResource.LOCK && range.length() <= LARGEST_SHARED
                ? streams.open(object, range.offset(), range.length())
                : range.of(whole(object));
    }

    InputStream whole(Path file) throws IOException {
        return files.hdfs().open(file);
    }

    private byte[] lock(ObjectMac mac, int most) throws IOException, InterruptedException {
        Path lock = files.layout().object(StorageResource.LOCK, mac);
        return Calls.get(() -> {
            try (InputStream in = whole(lock)) {
                return in.readNBytes(most);
            }
        });
    }

    void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException {
        Path object = files.layout().object(resource, mac);
        try {
            Calls.get(() -> files.hdfs().delete(object, false));
            forget(resource, mac, object);
        } catch (IOException e) {
            throw failure("remove " + StoreLayout.words(resource) + " " + mac, e);
        }
    }

    /** Forget an object after the change, so that a listing at the same time has either not seen it or has kept it before. */
    private void forget(StorageResource resource, ObjectMac mac, Path object) throws IOException {
        if (resource == StorageResource.LOCK) {
            locks.forget(mac);
        } else {
            streams.forget(object);
        }
    }

    private IOException failure(String what, IOException reason) {
        return new IOException("cannot " + what + " in the repository at " + files.name(), reason);
    }

    @Override
    public void close() throws IOException {
        try (resolved) {
            streams.close();
        }
    }
}
