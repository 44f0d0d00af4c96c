package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.job.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One tree of HDFS into one repository on HDFS: by one worker, and by several at once, each of which has a part. */
final class SplitWorkers {

    static final String JOB = "tree on HDFS, repository on HDFS: backup by workers that each take a part";

    private static final String SOURCE = "/bench/split";
    private static final String STORE = "bench-split";
    private static final int PARTS = 3;

    private final Plakar plakar;
    private final HdfsCluster cluster;
    private final Path work;
    private final Figures figures;
    private final double megabytes;

    /** Makes the tree. */
    SplitWorkers(Plakar plakar, HdfsCluster cluster, Path work, Figures figures, int files, int size)
            throws IOException {
        this.plakar = plakar;
        this.cluster = cluster;
        this.work = work;
        this.figures = figures;
        this.megabytes = Double.parseDouble(cluster.ask("tree " + SOURCE + " " + files + " " + size).get(1)) / 1e6;
    }

    /** Do both, each with a repository of its own. */
    void run(int number) throws IOException, InterruptedException {
        backups(1, work.resolve("split-" + number + "-1"));
        backups(PARTS, work.resolve("split-" + number + "-" + PARTS));
    }

    private void backups(int parts, Path machines) throws IOException, InterruptedException {
        String root = "/bench/" + machines.getFileName();
        List<Plakar> homes = new ArrayList<>();
        try {
            homes.add(WorkerHome.of(plakar, machines.resolve("1")));
            homes.getFirst().run("store", "add", STORE, cluster.location(root), "conf_dir=" + cluster.conf());
            homes.getFirst().run("at", "@" + STORE, "create", "-plaintext");
            for (int i = 2; i <= parts; i++) {
                homes.add(WorkerHome.of(homes.getFirst(), machines.resolve(Integer.toString(i))));
            }
            measure(homes);
            cluster.ask("delete " + root);
        } finally {
            for (Plakar home : homes) {
                home.stopDaemon();
            }
        }
    }

    private void measure(List<Plakar> homes) throws IOException, InterruptedException {
        int parts = homes.size();
        Processors before = Processors.now();
        long begun = System.nanoTime();
        WorkerPool.forEach(parts, parts,
                i -> homes.get(i)
                        .run("at", "@" + STORE, "backup", "-o", "conf_dir=" + cluster.conf(), "-o",
                                "split=" + (i + 1) + "/" + parts, cluster.location(SOURCE)));
        double seconds = (System.nanoTime() - begun) / 1e9;
        String who = parts == 1 ? "1 worker" : parts + " workers";
        figures.add(JOB, who, "s", seconds);
        figures.add(JOB, who, "MB/s", megabytes / seconds);
        figures.add(JOB, who, "% of the processors", Processors.now().percentSince(before));
    }
}
