package dev.kloset.hadoop.store;

import dev.kloset.DiagnosisStep;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.StoreMode;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.connect.ClusterConnector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a repository in a directory of HDFS. Any number of processes on any number of machines may work on one repository: an object
 * appears whole, by a rename, once the DataNodes have synced it.
 *
 * <p>Between calls it remembers no more than streams of objects that were read, directories that were made and, for a minute, the
 * locks that were listed.
 */
public final class HadoopStore extends ClusterConnector implements Store {

    private final StoreSettings settings;
    private final PackfileCeiling ceiling = new PackfileCeiling();
    private @Nullable Repository repository; // guarded by this

    /** Connects to nothing. */
    public HadoopStore(StoreContext context, StoreSettings settings) throws IOException {
        super(settings.location(), settings.connection());
        this.settings = settings;
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        return diagnosisWith(DiagnosisStep.of(DiagnosisStep.WRITING, () -> new StoreProbe(repository().files()).run()));
    }

    @Override
    public Set<StoreMode> mode() {
        return Set.of(StoreMode.READ, StoreMode.WRITE);
    }

    @Override
    public void create(byte[] config) throws IOException, InterruptedException {
        new StoreCreation(repository().files()).create(config);
    }

    @Override
    public byte[] open() throws IOException, InterruptedException {
        return repository().config();
    }

    @Override
    public long size() throws IOException, InterruptedException {
        StoreFiles files = repository().files();
        return Calls.get(() -> files.hdfs().getContentSummary(files.layout().root())).getLength();
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
        List<ObjectMac> listed = repository().list(resource);
        if (resource == StorageResource.PACKFILE) {
            ceiling.look(listed.size(), cluster().name() + cluster().path());
        }
        return listed;
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data)
            throws IOException, InterruptedException {
        return repository().put(resource, mac, data);
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
            throws IOException, InterruptedException {
        return repository().get(resource, mac, range);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException {
        repository().delete(resource, mac);
    }

    private synchronized Repository repository() throws IOException, InterruptedException {
        if (repository == null) {
            repository = Repository.of(cluster(), settings.replicas());
        }
        return repository;
    }

    @Override
    public void close() throws IOException {
        Repository last;
        synchronized (this) {
            last = repository;
            repository = null;
        }
        try (Cluster _ = cluster()) {
            if (last != null) {
                last.close();
            }
        }
    }
}
