package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.measure.Timed;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Backups of a local tree into a repository on HDFS, and into one of the plugin {@code files} on the same disk. */
final class StoredBackups {

    private static final String STORE = "bench-store";

    private final Plakar plakar;
    private final HdfsCluster cluster;
    private final Figures figures;
    private final int count;
    private final int size;

    /**
     * @param count how many files
     * @param size of each
     */
    StoredBackups(Plakar plakar, HdfsCluster cluster, Figures figures, int count, int size) {
        this.plakar = plakar;
        this.cluster = cluster;
        this.figures = figures;
        this.count = count;
        this.size = size;
    }

    void run(Path work, int runs) throws IOException, InterruptedException {
        Path tree = Trees.make(work.resolve("large"), count, size);
        plakar.run("store", "add", STORE, cluster.location("/bench/store"), "conf_dir=" + cluster.conf());
        for (int run = 0; run < runs; run++) {
            once("hadoop", "@" + STORE, tree);
            cluster.ask("delete /bench/store");
            Path local = work.resolve("store");
            once("files", "files://" + local, tree);
            Trees.delete(local);
        }
        plakar.run("store", "rm", STORE);
        Trees.delete(tree);
    }

    private void once(String who, String store, Path tree) throws IOException, InterruptedException {
        double megabytes = (double) count * size / 1e6;
        plakar.run("at", store, "create", "-plaintext");
        for (String work : List.of("backup", "check")) {
            Timed took = work.equals("backup")
                    ? plakar.run("at", store, work, "fs://" + tree)
                    : plakar.run("at", store, work);
            String job = String.format("repository on HDFS: %s, %d files of %d MiB", work, count, size >> 20);
            figures.add(job, who, "MB/s", megabytes / took.seconds());
            figures.add(job, who, "processor s without the cluster", took.processorSeconds());
        }
    }
}
