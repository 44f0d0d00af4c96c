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
 * Measures and writes down: {@code IMAGE PROGRAMS DIRECTORY PACKAGE RESULTS PAGE quick|full [JOB...]}. The script
 * {@code run} knows what these are.
 */
final class Main {

    private static final List<String> JOBS = List.of("start", "list", "small", "large", "uploads");

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
        List<String> wanted = Arrays.asList(args).subList(7, args.length);
        for (String job : wanted) {
            if (!JOBS.contains(job)) {
                System.err.println(
                        "benchmarks/run: there is no job \"" + job + "\"; there are " + String.join(", ", JOBS));
                System.exit(2);
            }
        }
        boolean quick = args[6].equals("quick");
        Main main = new Main(new Ground(Path.of(args[0]), Path.of(args[1]), Path.of(args[2])), quick);
        for (String job : wanted.isEmpty() ? JOBS : wanted) {
            System.err.println("benchmarks/run: " + job);
            main.run(job, Path.of(args[3]));
        }
        String page = Page.of(main.results, main.preface(wanted));
        Files.write(Path.of(args[4]), main.results.stream().map(Result::json).toList());
        Files.writeString(Path.of(args[5]), page);
        System.out.print(page);
    }

    private void run(String job, Path packed) throws IOException, InterruptedException {
        switch (job) {
            case "start" -> {
                results.addAll(StartJob.run(ground, quick ? 20 : 40));
                results.addAll(Anatomy.run(ground, quick ? 7 : 20));
                size(packed);
            }
            case "list" ->
                imports("list " + files(), Trees.make(ground.directory().resolve(small()), count(), 4096), 0);
            case "small" -> {
                Path tree = Trees.make(ground.directory().resolve(small()), count(), 4096);
                for (int readers : new int[]{ 1, 8, 32 }) {
                    imports("read " + files() + ", " + readers + " at a time", tree, readers);
                }
            }
            case "uploads" -> results.addAll(UploadJob.run(quick ? 3 : 7));
            default -> {
                int count = quick ? 4 : 8;
                int mebibytes = quick ? 128 : 1024;
                Path tree = Trees.make(ground.directory().resolve("large-" + count + "x" + mebibytes), count,
                        (long) mebibytes << 20);
                for (int readers : new int[]{ 1, count }) {
                    results.addAll(new ImportJob("read " + count + " files of " + mebibytes + " MiB, " + readers
                            + " at a time", tree, readers, true).run(contestants(), quick ? 3 : 7));
                }
            }
        }
    }

    private int count() {
        return quick ? 10_000 : 100_000;
    }

    private String files() {
        return String.format("%,d files of 4 KiB", count());
    }

    private String small() {
        return "small-" + count();
    }

    private void imports(String name, Path tree, int readers) throws IOException, InterruptedException {
        results.addAll(new ImportJob(name, tree, readers, false).run(contestants(), quick ? 3 : 7));
    }

    private List<Contestant> contestants() {
        return Stream.of(Optional.of(ground.files()), ground.goImporter()).flatMap(Optional::stream).toList();
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
                "started in turn, driven by our host; processor time and "
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
