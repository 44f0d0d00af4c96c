package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures and writes down: {@code IMAGE PROGRAMS DIRECTORY HOME PACKAGE RESULTS PAGE quick|full [JOB...]}. The script
 * {@code run} knows what these are.
 */
final class Main {

    private static final List<String> JOBS = List.of("start", "list", "small", "large", "restore", "store", "uploads",
            "plakar");

    private final Ground ground;
    private final boolean quick;
    private final List<Result> results = new ArrayList<>();

    private Main(Ground ground, boolean quick) {
        this.ground = ground;
        this.quick = quick;
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        List<String> wanted = Arrays.asList(args).subList(8, args.length);
        for (String job : wanted) {
            if (!JOBS.contains(job)) {
                System.err.println(
                        "benchmarks/run: there is no job \"" + job + "\"; there are " + String.join(", ", JOBS));
                System.exit(2);
            }
        }
        boolean quick = args[7].equals("quick");
        Main main = new Main(new Ground(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3])), quick);
        for (String job : wanted.isEmpty() ? JOBS : wanted) {
            System.err.println("benchmarks/run: " + job);
            main.run(job, Path.of(args[4]));
        }
        String page = Page.of(main.results, main.preface(wanted));
        Files.write(Path.of(args[5]), main.results.stream().map(Result::json).toList());
        Files.writeString(Path.of(args[6]), page);
        System.out.print(page);
    }

    private void run(String job, Path packed) throws IOException, InterruptedException {
        switch (job) {
            case "start" -> {
                results.addAll(StartJob.run(ground, quick ? 20 : 40));
                results.addAll(Anatomy.run(ground, quick ? 7 : 20));
                size(packed);
            }
            case "list" -> imports("list " + files(count()), small(count()), 0);
            case "small" -> {
                for (int readers : quick ? new int[]{ 8 } : new int[]{ 1, 8, 32 }) {
                    imports("read " + files(count()) + ", " + readers + " at a time", small(count()), readers);
                }
            }
            case "large" -> {
                for (int readers : new int[]{ 1, largeCount() }) {
                    results.addAll(new ImportJob("read " + largeFiles() + ", " + readers + " at a time", large(),
                            readers, true).run(importers(), ground.goHost(), runs()));
                }
            }
            case "restore" -> {
                results.addAll(new RestoreJob("restore " + files(few()), small(few()), false).run(exporters(),
                        ground.goHost(), runs()));
                results.addAll(new RestoreJob("restore " + largeFiles(), large(), true).run(exporters(),
                        ground.goHost(), runs()));
            }
            case "store" ->
                results.addAll(
                        new StoreJob(ground.directory(), quick ? 4 : 16, quick ? 500 : 2000, quick ? 2000 : 20_000)
                                .run(contestants(ground.goStore()), ground.goHost(), runs()));
            case "uploads" -> results.addAll(UploadJob.run(runs()));
            default -> {
                Optional<Plakar> plakar = ground.plakar();
                if (plakar.isPresent()) {
                    plakar(plakar.get());
                }
            }
        }
    }

    private void plakar(Plakar plakar) throws IOException, InterruptedException {
        PlakarJob job = new PlakarJob(plakar, ground.directory());
        try {
            results.addAll(job.sources(ground.inPlakar(), small(few()), files(few()), runs()));
            if (!quick) {
                results.addAll(job.sources(ground.inPlakar(), large(), largeFiles(), runs()));
            }
            results.addAll(job.stores(ground.inPlakar(), small(few()), files(few()), runs()));
        } finally {
            plakar.stopDaemon();
        }
    }

    private int runs() {
        return quick ? 3 : 7;
    }

    private int count() {
        return quick ? 10_000 : 100_000;
    }

    /** Of what takes long. */
    private int few() {
        return quick ? 2_000 : 100_000;
    }

    private static String files(int count) {
        return String.format("%,d files of 4 KiB", count);
    }

    private Path small(int count) throws IOException {
        return Trees.make(ground.directory().resolve("small-" + count), count, 4096);
    }

    private int largeCount() {
        return quick ? 4 : 8;
    }

    private int largeMebibytes() {
        return quick ? 128 : 1024;
    }

    private String largeFiles() {
        return largeCount() + " files of " + largeMebibytes() + " MiB";
    }

    private Path large() throws IOException {
        return Trees.make(ground.directory().resolve("large-" + largeCount() + "x" + largeMebibytes()), largeCount(),
                (long) largeMebibytes() << 20);
    }

    private void imports(String name, Path tree, int readers) throws IOException, InterruptedException {
        results.addAll(new ImportJob(name, tree, readers, false).run(importers(), ground.goHost(), runs()));
    }

    private List<Contestant> importers() {
        return contestants(ground.goImporter());
    }

    private List<Contestant> exporters() {
        return contestants(ground.goExporter());
    }

    private List<Contestant> contestants(Optional<Contestant> go) {
        return Stream.of(Optional.of(ground.files()), go).flatMap(Optional::stream).toList();
    }

    private void size(Path packed) throws IOException {
        results.add(new Result("size of the package", "files", "MB on disk", Series.of(ground.imageBytes() / 1e6)));
        if (Files.exists(packed)) {
            results.add(new Result("size of the package", "files", "MB packed", Series.of(Files.size(packed) / 1e6)));
        }
    }

    private List<String> preface(List<String> wanted) {
        String command = "benchmarks/run" + (quick ? " --quick" : "") + (wanted.isEmpty() ? "" : " ")
                + String.join(" ", wanted);
        List<String> lines = new ArrayList<>(List.of("Written by `" + command + "` on "
                + Runtime.getRuntime().availableProcessors() + " processors. Each cell: the median, and between which "
                + "values the middle half lies. Everybody is",
                "started in turn, driven by our host where nothing else is said; processor time and "
                        + "memory are those of the plugin's process. Files come from the page cache.",
                "`files` is the installed package with its own Java; `Go SDK` is upstream's fs connector as a plugin of "
                        + "the Go SDK."));
        if (ground.goImporter().isEmpty()) {
            lines.add(
                    "The plugins of the Go SDK could not be built, for want of a Go toolchain: they are missing here.");
        }
        return lines;
    }
}
