package dev.kloset.benchmarks;

import dev.kloset.benchmarks.hadoop.HadoopJob;
import dev.kloset.benchmarks.job.Baseline;
import dev.kloset.benchmarks.job.DatabaseJob;
import dev.kloset.benchmarks.job.Environment;
import dev.kloset.benchmarks.job.GrowthJob;
import dev.kloset.benchmarks.job.ImportJob;
import dev.kloset.benchmarks.job.OneTableJob;
import dev.kloset.benchmarks.job.PartsJob;
import dev.kloset.benchmarks.job.Plakar;
import dev.kloset.benchmarks.job.PlakarJob;
import dev.kloset.benchmarks.job.RestoreJob;
import dev.kloset.benchmarks.job.StartJob;
import dev.kloset.benchmarks.job.StartupBreakdown;
import dev.kloset.benchmarks.job.StoreJob;
import dev.kloset.benchmarks.job.StoreListJob;
import dev.kloset.benchmarks.job.UploadJob;
import dev.kloset.benchmarks.kafka.KafkaJob;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.ChildReaper;
import dev.kloset.benchmarks.measure.Kept;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Series;
import dev.kloset.benchmarks.measure.Size;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All jobs that can be measured, by their names on the command line. */
final class Jobs {

    static final List<String> ALL = List.of("start", "list", "small", "large", "restore", "store", "uploads", "plakar",
            "increment", "jdbc", KafkaJob.JOB, HadoopJob.JOB, GrowthJob.JOB, "parts");

    /** Jobs that take too long for a quick run. */
    private static final List<String> NOT_QUICK = List.of("increment", "jdbc", KafkaJob.JOB, HadoopJob.JOB,
            GrowthJob.JOB, "parts");

    /** Fewer files than elsewhere, because they take the Go SDK's plugin minutes. */
    private static final int ONE_BY_ONE = 20_000;

    private final Environment environment;
    private final Size size;
    private final Path packed;

    /**
     * @param packed the package as Plakar takes it; the file may be missing
     */
    Jobs(Environment environment, Size size, Path packed) {
        this.environment = environment;
        this.size = size;
        this.packed = packed;
    }

    /** {@return the jobs to run when the command line names none} */
    static List<String> usual(Size size) {
        return ALL.stream().filter(job -> size != Size.QUICK || !NOT_QUICK.contains(job)).toList();
    }

    /**
     * {@return the results of every candidate} Empty if a program that the job needs is missing.
     *
     * @param kept keeps what a job of several parts has measured, before it goes on
     */
    List<Result> run(String job, Kept kept) throws IOException, InterruptedException {
        return switch (job) {
            case "start" -> start();
            case "list" -> list();
            case "small" -> small();
            case "large" -> large();
            case "restore" -> restore();
            case "store" -> store();
            case "uploads" -> UploadJob.run(size.choose(32, 48, 160), runs());
            case "plakar" -> plakar();
            case "increment" -> increment();
            case "jdbc" -> database(kept);
            case KafkaJob.JOB -> throughPlakar(_ -> KafkaJob.run(environment, size));
            case HadoopJob.JOB -> throughPlakar(_ -> new HadoopJob(environment, size).run());
            case GrowthJob.JOB ->
                new GrowthJob(environment, environment.candidates(environment.goImporter())).run(size);
            case "parts" -> PartsJob.run(environment, size);
            default -> throw new IllegalArgumentException("there is no job " + job);
        };
    }

    private int runs() {
        return size.choose(1, 3, 7);
    }

    private List<Result> start() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>(StartJob.run(environment, size.choose(1, 20, 40)));
        results.addAll(StartupBreakdown.run(environment, size.choose(1, 7, 20)));
        String job = "size of the package";
        results.add(new Result(job, "files", "MB on disk", Series.of(environment.imageBytes() / 1e6)));
        if (Files.exists(packed)) {
            results.add(new Result(job, "files", "MB packed", Series.of(Files.size(packed) / 1e6)));
        }
        return results;
    }

    /**
     * List ten thousand objects with a process that has just started; in a full run also a million, most of them with a warm
     * process.
     */
    private List<Result> list() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (int count = size.choose(300, 10_000, 10_000); count <= size.choose(300, 10_000, 1_000_000); count *= 100) {
            Path tree = Trees.make(environment.directory().resolve("empty-" + count), count, 0);
            results.addAll(new ImportJob(String.format("list %,d empty files", count), tree, 0, false,
                    List.of(Baseline.find(tree)))
                    .run(environment.candidates(environment.goImporter()), environment.goHost(), runs()));
        }
        return results;
    }

    private List<Result> small() throws IOException, InterruptedException {
        int count = size.choose(200, 10_000, 100_000);
        List<Candidate> importers = environment.candidates(environment.goImporter());
        List<Result> results = new ArrayList<>(reading(count, 8, List.of(Baseline.tar(smallFiles(count))))
                .run(importers, environment.goHost(), runs()));
        if (size != Size.QUICK) {
            results.addAll(reading(count, 32, List.of()).runOnce(importers, environment.goHost(), runs()));
            results.addAll(
                    reading(size.choose(50, 2_000, ONE_BY_ONE), 1, List.of()).runOnce(importers, environment.goHost(),
                            runs()));
        }
        return results;
    }

    private ImportJob reading(int count, int readers, List<Baseline> limits) throws IOException {
        return new ImportJob("read " + small(count) + ", " + readers + " at a time", smallFiles(count), readers, false,
                limits);
    }

    private List<Result> large() throws IOException, InterruptedException {
        Path tree = largeFiles();
        List<Baseline> limits = List.of(Baseline.cat(tree),
                Baseline.pipe(tree, (long) largeCount() * largeMebibytes() << 20));
        List<Result> results = new ArrayList<>();
        for (int readers : new int[]{ 1, largeCount() }) {
            results.addAll(new ImportJob("read " + large(largeCount()) + ", " + readers + " at a time", tree, readers,
                    true, limits).run(environment.candidates(environment.goImporter()), environment.goHost(), runs()));
        }
        return results;
    }

    private List<Result> restore() throws IOException, InterruptedException {
        int count = size.choose(100, 1_000, 20_000);
        List<Candidate> exporters = synced(environment.goExporter());
        List<Result> results = new ArrayList<>(
                new RestoreJob("restore " + small(count), smallFiles(count), false).run(exporters, environment.goHost(),
                        runs()));
        results.addAll(
                new RestoreJob("restore " + large(largeCount()), largeFiles(), true).run(exporters,
                        environment.goHost(),
                        runs()));
        return results;
    }

    private List<Result> store() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>(
                new StoreJob(environment.directory(), size.choose(1, 2, 16), size.choose(20, 500, 2_000),
                        size.choose(50, 1_000, 10_000))
                        .run(synced(environment.goStore()), environment.goHost(), runs()));
        if (size != Size.QUICK) {
            results.addAll(new StoreListJob(environment.directory(), size.choose(100, 2_000, 100_000))
                    .run(environment.files().withoutSync(), environment.candidates(environment.goStore()), runs()));
        }
        return results;
    }

    private List<Result> plakar() throws IOException, InterruptedException {
        return throughPlakar(job -> {
            int count = size.choose(100, 500, 5_000);
            List<Candidate> candidates = environment.inPlakar();
            List<Result> results = new ArrayList<>(
                    job.sources(candidates, smallFiles(count), small(count), runs()));
            if (size != Size.QUICK) {
                int mebibytes = size.choose(1, 64, 256);
                Path large = Trees.make(environment.directory().resolve("large-8x" + mebibytes), 8,
                        (long) mebibytes << 20);
                results.addAll(job.sources(candidates, large, "8 files of " + mebibytes + " MiB", runs()));
            }
            results.addAll(job.stores(candidates, smallFiles(count), small(count), runs()));
            return results;
        });
    }

    /** Measure what most backups are: little has changed since the last one, so the first second of the plugin is most of its time. */
    private List<Result> increment() throws IOException, InterruptedException {
        return throughPlakar(job -> {
            List<Result> results = new ArrayList<>();
            for (int count : size == Size.SMOKE ? new int[]{ 200 } : new int[]{ 500, 10_000 }) {
                Path tree = Trees.make(environment.directory().resolve("tiny-" + count), count, 16);
                results.addAll(job.increments(environment.inPlakar(), tree, count, List.of(0, 10, count / 10),
                        size.choose(1, 5, 15)));
            }
            return results;
        });
    }

    private List<Result> database(Kept kept) throws IOException, InterruptedException {
        Optional<Plakar> plakar = environment.plakar();
        if (plakar.isEmpty()) {
            return List.of();
        }
        ChildReaper.adopt();
        int runs = size.choose(1, 3, 3);
        try {
            List<Result> results = new ArrayList<>(
                    new DatabaseJob(plakar.get(), environment.directory(), size.choose(1, 10, 100)).run(runs, kept));
            results.addAll(
                    new OneTableJob(plakar.get(), environment.directory(), size.choose(10, 1_000, 20_000)).run(runs));
            return results;
        } finally {
            plakar.get().stopDaemon();
        }
    }

    private interface WithPlakar {
        List<Result> by(PlakarJob job) throws IOException, InterruptedException;
    }

    private List<Result> throughPlakar(WithPlakar work) throws IOException, InterruptedException {
        Optional<Plakar> found = environment.plakar();
        if (found.isEmpty()) {
            return List.of();
        }
        ChildReaper.adopt();
        try {
            return work.by(new PlakarJob(found.get(), environment.directory()));
        } finally {
            found.get().stopDaemon();
        }
    }

    private static String small(int count) {
        return String.format("%,d files of 4 KiB", count);
    }

    private Path smallFiles(int count) throws IOException {
        return Trees.make(environment.directory().resolve("small-" + count), count, 4096);
    }

    private int largeCount() {
        return size.choose(2, 4, 8);
    }

    private int largeMebibytes() {
        return size.choose(2, 64, 1024);
    }

    private String large(int count) {
        return count + " files of " + largeMebibytes() + " MiB";
    }

    private Path largeFiles() throws IOException {
        return Trees.make(environment.directory().resolve("large-" + largeCount() + "x" + largeMebibytes()),
                largeCount(),
                (long) largeMebibytes() << 20);
    }

    /** {@return the candidates, and also ours without its syncs} */
    private List<Candidate> synced(Optional<Candidate> go) {
        return Stream.of(Stream.of(environment.files(), environment.files().withoutSync()), go.stream())
                .flatMap(each -> each)
                .toList();
    }
}
