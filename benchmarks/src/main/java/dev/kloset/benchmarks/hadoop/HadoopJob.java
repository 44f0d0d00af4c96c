package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.job.Environment;
import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Size;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plugin {@code hadoop} through Plakar, on a cluster of this machine, beside Hadoop's copier and the store of {@code files}. */
public final class HadoopJob {

    /** As it is named on the command line. */
    public static final String JOB = "hadoop";

    private static final int SIZE = 128 << 10;
    private static final int SMALL_SIZE = 16 << 10;

    private final Environment environment;
    private final Size size;
    private final Figures figures = new Figures();

    public HadoopJob(Environment environment, Size size) {
        this.environment = environment;
        this.size = size;
    }

    /** {@return the results, empty without the jars of Hadoop or without Plakar} */
    public List<Result> run() throws IOException, InterruptedException {
        Optional<Programs> programs = Programs.in(environment.directory().resolve(JOB));
        Optional<Plakar> plakar = environment.plakar();
        Optional<Candidate> hadoop = environment.installed(JOB, "hdfs");
        if (programs.isEmpty() || plakar.isEmpty() || hadoop.isEmpty()) {
            return List.of();
        }
        Path work = Files.createTempDirectory(environment.directory(), JOB);
        try (HdfsCluster cluster = HdfsCluster.start(programs.get(), work)) {
            Candidate store = hadoop.get();
            part("store", () -> new StoreParts(cluster, store, environment.files(), figures).run(work,
                    size.choose(64, 640, 6_400)));
            part("trees", () -> trees(plakar.get(), cluster, work));
            if (size != Size.SMOKE) { // the workers do the same
                part("stored backups", () -> new StoredBackups(plakar.get(), cluster, figures,
                        size.choose(0, 40, 100), 8 << 20).run(work, runs()));
            }
            part("workers", () -> workers(plakar.get(), cluster, work));
            part("split", () -> split(plakar.get(), cluster, work));
            part("calculation", () -> calculate(cluster));
        } finally {
            Trees.delete(work);
        }
        return figures.results();
    }

    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    /** Measure one part. If it fails, it says so, and what the others have measured stays. */
    @SuppressWarnings("SystemOut") // a program that a script starts
    private void part(String name, Part part) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            part.run();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("\nbenchmarks/run: " + JOB + ": " + name + " failed, the other parts go on: " + e);
        }
        System.err.printf(" %s %d s ", name, (System.nanoTime() - begun) / 1_000_000_000);
    }

    private void calculate(HdfsCluster cluster) throws IOException {
        Calculation calculation = Calculation.of(figures, cluster, size.choose(500, 5_000, 10_000));
        for (int count : new int[]{ 1, 3, 10, 30, 100, 300 }) {
            calculation.report(figures, count);
        }
    }

    private int runs() {
        return size.choose(1, 1, 2);
    }

    private int bytes() {
        return size == Size.SMOKE ? SMALL_SIZE : SIZE;
    }

    private void trees(Plakar plakar, HdfsCluster cluster, Path work) throws IOException, InterruptedException {
        List<Copier> copiers = new ArrayList<>(List.of(Copier.distcp(work)));
        Copier.rclone(work).ifPresentOrElse(copiers::add, HadoopJob::withoutRclone);
        TreeBackups backups = new TreeBackups(plakar, cluster, copiers, figures, size.choose(40, 1_000, 20_000),
                bytes());
        for (int run = 0; run < runs(); run++) {
            Path own = Files.createDirectory(work.resolve("trees"));
            backups.run(own);
            Trees.delete(own);
        }
    }

    @SuppressWarnings("SystemOut") // a program that a script starts
    private static void withoutRclone() {
        System.err.print("(without rclone, which is not installed) ");
    }

    private void workers(Plakar plakar, HdfsCluster cluster, Path work) throws IOException, InterruptedException {
        for (int run = 0; run < runs(); run++) {
            Path own = Files.createDirectory(work.resolve("workers"));
            try (Workers workers = new Workers(plakar, cluster, own, figures, "/bench/lake" + run,
                    size.choose(20, 500, 2_000), bytes())) {
                workers.run();
            }
            Trees.delete(own);
        }
    }

    private void split(Plakar plakar, HdfsCluster cluster, Path work) throws IOException, InterruptedException {
        SplitWorkers workers = new SplitWorkers(plakar, cluster, work, figures, size.choose(20, 500, 4_000), bytes());
        for (int run = 0; run < runs(); run++) {
            workers.run(run);
        }
    }
}
