package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be measured, by the name that it has on the command line. */
final class Jobs {

    static final List<String> ALL = List.of("start", "list", "small", "large", "restore", "store", "uploads", "plakar",
            "growth", "parts");

    /** What takes too long for a quick look. */
    private static final List<String> NOT_QUICK = List.of("growth", "parts");

    /** Fewer than otherwise, because it takes the Go SDK's plugin minutes. */
    private static final int ONE_BY_ONE = 20_000;

    private final Ground ground;
    private final Size size;
    private final Path packed;

    /**
     * @param packed the package as Plakar takes it; it may be missing
     */
    Jobs(Ground ground, Size size, Path packed) {
        this.ground = ground;
        this.size = size;
        this.packed = packed;
    }

    /** {@return the jobs that are meant when none is named} */
    static List<String> usual(Size size) {
        return ALL.stream().filter(job -> size != Size.QUICK || !NOT_QUICK.contains(job)).toList();
    }

    /** {@return what everybody reached} It is empty if a program is missing that the job is about. */
    List<Result> run(String job) throws IOException, InterruptedException {
        return switch (job) {
            case "start" -> start();
            case "list" -> list();
            case "small" -> small();
            case "large" -> large();
            case "restore" -> restore();
            case "store" -> store();
            case "uploads" -> UploadJob.run(size.choose(32, 48, 160), runs());
            case "plakar" -> plakar();
            case "growth" -> new GrowthJob(ground, ground.contestants(ground.goImporter())).run(size);
            case "parts" -> PartsJob.run(ground, size);
            default -> throw new IllegalArgumentException("there is no job " + job);
        };
    }

    private int runs() {
        return size.choose(1, 3, 7);
    }

    private List<Result> start() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>(StartJob.run(ground, size.choose(1, 20, 40)));
        results.addAll(Anatomy.run(ground, size.choose(1, 7, 20)));
        String job = "size of the package";
        results.add(new Result(job, "files", "MB on disk", Series.of(ground.imageBytes() / 1e6)));
        if (Files.exists(packed)) {
            results.add(new Result(job, "files", "MB packed", Series.of(Files.size(packed) / 1e6)));
        }
        return results;
    }

    /** Ten thousand, by a process that has just started, and in a full run a million, most of it by a warm one. */
    private List<Result> list() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (int count = size.choose(300, 10_000, 10_000); count <= size.choose(300, 10_000, 1_000_000); count *= 100) {
            Path tree = Trees.make(ground.directory().resolve("empty-" + count), count, 0);
            results.addAll(new ImportJob(String.format("list %,d empty files", count), tree, 0, false,
                    List.of(Limit.find(tree))).run(ground.contestants(ground.goImporter()), ground.goHost(), runs()));
        }
        return results;
    }

    private List<Result> small() throws IOException, InterruptedException {
        int count = size.choose(200, 10_000, 100_000);
        List<Contestant> importers = ground.contestants(ground.goImporter());
        List<Result> results = new ArrayList<>(reading(count, 8, List.of(Limit.tar(smallFiles(count))))
                .run(importers, ground.goHost(), runs()));
        if (size != Size.QUICK) {
            results.addAll(reading(count, 32, List.of()).runOnce(importers, ground.goHost(), runs()));
            results.addAll(reading(size.choose(50, 2_000, ONE_BY_ONE), 1, List.of()).runOnce(importers, ground.goHost(),
                    runs()));
        }
        return results;
    }

    private ImportJob reading(int count, int readers, List<Limit> limits) throws IOException {
        return new ImportJob("read " + small(count) + ", " + readers + " at a time", smallFiles(count), readers, false,
                limits);
    }

    private List<Result> large() throws IOException, InterruptedException {
        Path tree = largeFiles();
        List<Limit> limits = List.of(Limit.cat(tree), Limit.pipe(tree, (long) largeCount() * largeMebibytes() << 20));
        List<Result> results = new ArrayList<>();
        for (int readers : new int[]{ 1, largeCount() }) {
            results.addAll(new ImportJob("read " + large(largeCount()) + ", " + readers + " at a time", tree, readers,
                    true, limits).run(ground.contestants(ground.goImporter()), ground.goHost(), runs()));
        }
        return results;
    }

    private List<Result> restore() throws IOException, InterruptedException {
        int count = size.choose(100, 1_000, 20_000);
        List<Contestant> exporters = synced(ground.goExporter());
        List<Result> results = new ArrayList<>(
                new RestoreJob("restore " + small(count), smallFiles(count), false).run(exporters, ground.goHost(),
                        runs()));
        results.addAll(
                new RestoreJob("restore " + large(largeCount()), largeFiles(), true).run(exporters, ground.goHost(),
                        runs()));
        return results;
    }

    private List<Result> store() throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>(
                new StoreJob(ground.directory(), size.choose(1, 2, 16), size.choose(20, 500, 2_000),
                        size.choose(50, 1_000, 10_000)).run(synced(ground.goStore()), ground.goHost(), runs()));
        if (size != Size.QUICK) {
            results.addAll(new StoreListJob(ground.directory(), size.choose(100, 2_000, 100_000))
                    .run(ground.files().withoutSync(), ground.contestants(ground.goStore()), runs()));
        }
        return results;
    }

    private List<Result> plakar() throws IOException, InterruptedException {
        Optional<Plakar> found = ground.plakar();
        if (found.isEmpty()) {
            return List.of();
        }
        int count = size.choose(100, 500, 5_000);
        PlakarJob job = new PlakarJob(found.get(), ground.directory());
        List<Contestant> contestants = ground.inPlakar();
        Orphans.adopt();
        try {
            List<Result> results = new ArrayList<>(
                    job.sources(contestants, smallFiles(count), small(count), runs()));
            if (size != Size.QUICK) {
                int mebibytes = size.choose(1, 64, 256);
                Path large = Trees.make(ground.directory().resolve("large-8x" + mebibytes), 8, (long) mebibytes << 20);
                results.addAll(job.sources(contestants, large, "8 files of " + mebibytes + " MiB", runs()));
            }
            results.addAll(job.stores(contestants, smallFiles(count), small(count), runs()));
            return results;
        } finally {
            found.get().stopDaemon();
        }
    }

    private static String small(int count) {
        return String.format("%,d files of 4 KiB", count);
    }

    private Path smallFiles(int count) throws IOException {
        return Trees.make(ground.directory().resolve("small-" + count), count, 4096);
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
        return Trees.make(ground.directory().resolve("large-" + largeCount() + "x" + largeMebibytes()), largeCount(),
                (long) largeMebibytes() << 20);
    }

    /** {@return them, and ours without its syncs as well} */
    private List<Contestant> synced(Optional<Contestant> go) {
        return Stream.of(Stream.of(ground.files(), ground.files().withoutSync()), go.stream())
                .flatMap(each -> each)
                .toList();
    }
}
