package dev.kloset.benchmarks.hadoop;

import dev.kloset.ConnectorConfig;
import dev.kloset.StorageResource;
import dev.kloset.StoreContext;
import dev.kloset.benchmarks.job.StoreWork;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What Plakar asks of a store, object by object, driven by our host. */
final class StoreParts {

    /** What each question about a lock costs, for {@link Workers}. */
    static final String LOCKS = "store: 20 locks listed and read";

    private static final String OURS = "hadoop";
    private static final String CALLS = "calls of the NameNode for each";
    private static final int PACKFILE_BYTES = 64 << 20;
    private static final int READERS = 64;

    private final HdfsCluster cluster;
    private final Candidate hadoop;
    private final Candidate files;
    private final Figures figures;

    StoreParts(HdfsCluster cluster, Candidate hadoop, Candidate files, Figures figures) {
        this.cluster = cluster;
        this.hadoop = hadoop;
        this.files = files;
        this.figures = figures;
    }

    /**
     * @param reads how many ranges are read
     */
    void run(Path work, int reads) throws IOException, InterruptedException {
        String root = "/bench/objects";
        PluginProcess process = hadoop.start(Map.of());
        try (StoreWork store = StoreWork.create(process, process.store(StoreContext.of("hdfs", ConnectorConfig.of(Map
                .of("location", cluster.location(root), "conf_dir", cluster.conf().toString())))))) {
            pieces(OURS, store, reads);
            locks(store);
        }
        cluster.ask("delete " + root);
        try (StoreWork store = StoreWork.create(files, work.resolve("objects"))) {
            pieces("files", store, reads);
        }
    }

    private void pieces(String who, StoreWork store, int reads) throws IOException, InterruptedException {
        store.put(StorageResource.PACKFILE, 2, PACKFILE_BYTES, 2);
        add("store: 60 puts of 64 KiB, one at a time", who, 1,
                () -> store.put(StorageResource.STATE, 60, 64 << 10, 1).seconds());
        add("store: ranges of 128 KiB, " + READERS + " readers", who, reads,
                () -> store.ranges(2, PACKFILE_BYTES, reads, _ -> 128 << 10, READERS).seconds());
        store.put(StorageResource.STATE, 556, 1000, READERS);
        add("store: list 556 objects", who, 1, () -> store.list(StorageResource.STATE, 556).seconds());
    }

    /** A backup reads the locks of all that are at work. */
    private void locks(StoreWork store) throws IOException, InterruptedException {
        int count = 20;
        store.put(StorageResource.LOCK, count, 100, 1);
        add(LOCKS, OURS, count, () -> store.list(StorageResource.LOCK, count).seconds()
                + store.get(StorageResource.LOCK, count, 1).seconds());
    }

    private interface Piece {
        double seconds() throws IOException, InterruptedException;
    }

    private void add(String job, String who, int items, Piece piece) throws IOException, InterruptedException {
        NameNodeCalls before = cluster.calls();
        figures.add(job, who, items == 1 ? "ms" : "ms for each", piece.seconds() * 1e3 / items);
        if (who.equals(OURS)) {
            double calls = cluster.calls().since(before).total();
            figures.add(job, who, items == 1 ? "calls of the NameNode" : CALLS, calls / items);
        }
    }

    /** {@return how often a lock of another worker makes a backup ask the NameNode} */
    static double callsForLock(Figures figures) {
        return figures.median(LOCKS, OURS, CALLS);
    }
}
