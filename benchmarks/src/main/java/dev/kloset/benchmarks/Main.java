package dev.kloset.benchmarks;

import dev.kloset.benchmarks.job.Environment;
import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.ResultFiles;
import dev.kloset.benchmarks.measure.Run;
import dev.kloset.benchmarks.measure.Size;
import dev.kloset.benchmarks.report.Page;
import dev.kloset.benchmarks.report.Plot;
import dev.kloset.benchmarks.report.Plots;
import dev.kloset.benchmarks.report.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures and records the results: {@code IMAGE PROGRAMS DIRECTORY HOME PACKAGE RESULTS DOCUMENTS smoke|quick|full|page
 * [JOB...]}. The script {@code run} supplies these arguments.
 */
@SuppressWarnings("SystemOut") // a program that a script starts
final class Main {

    private static final String PAGE = "page";
    private static final int FIXED = 8;
    private static final String NO_GO = "The plugins of the Go SDK and Plakar could not be built, for want of a Go toolchain:"
            + " they are missing here.";

    private final Environment environment;
    private final Path packed;
    private final ResultFiles files;
    private final Path documents;

    private Main(List<String> args) {
        this.environment = new Environment(Path.of(args.get(0)), Path.of(args.get(1)), Path.of(args.get(2)),
                Path.of(args.get(3)));
        this.packed = Path.of(args.get(4));
        this.files = new ResultFiles(Path.of(args.get(5)));
        this.documents = Path.of(args.get(6));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        Main main = new Main(Arrays.asList(args));
        List<String> wanted = Arrays.asList(args).subList(FIXED, args.length);
        if (args[FIXED - 1].equals(PAGE)) {
            main.page();
            return;
        }
        Size size = Size.of(args[FIXED - 1]);
        List<String> jobs = wanted.isEmpty() ? Jobs.usual(size) : wanted;
        main.measure(size, jobs);
        if (wanted.isEmpty() && size == Size.FULL) {
            main.page();
        }
    }

    private void measure(Size size, List<String> jobs) throws IOException, InterruptedException {
        List<Measured> measured = new ArrayList<>();
        Jobs all = new Jobs(environment, size, packed);
        for (String job : jobs) {
            System.err.print("benchmarks/run: " + job + ' ');
            long begun = System.nanoTime();
            List<Result> results = all.run(job, kept -> files.write(new Measured(job, run(size, job), kept)));
            System.err.printf(" took %d s%n", (System.nanoTime() - begun) / 1_000_000_000);
            if (results.isEmpty()) {
                System.err.println("benchmarks/run: " + job + ": nothing was measured: a program is missing");
            } else {
                measured.add(new Measured(job, run(size, job), results));
                files.write(measured.getLast());
            }
        }
        System.out.print(Printed.of(measured));
    }

    private Run run(Size size, String job) {
        return new Run(size, "benchmarks/run" + size.option() + " " + job,
                LocalDate.now(ZoneId.systemDefault()).toString(),
                Runtime.getRuntime().availableProcessors(), environment.goImporter().isEmpty() ? NO_GO : "");
    }

    /** Write the page from all available full results. */
    private void page() throws IOException {
        List<Measured> measured = files.read(Size.FULL, Jobs.ALL);
        List<String> there = measured.stream().map(Measured::job).toList();
        List<String> missing = Jobs.ALL.stream().filter(job -> !there.contains(job)).toList();
        List<Plot> plots = Plots.of(measured);
        Path pictures = Files.createDirectories(documents.resolve("benchmarks"));
        for (Plot plot : plots) {
            Files.writeString(pictures.resolve(plot.file()), plot.svg());
        }
        Path notes = documents.resolve("benchmarks-notes.md");
        Files.writeString(documents.resolve("benchmarks.md"),
                Page.of(measured, missing, plots, Files.exists(notes) ? Files.readAllLines(notes) : List.of()));
        if (!missing.isEmpty()) {
            System.err.println("benchmarks/run: the page lacks " + String.join(", ", missing)
                    + ": there are no results of a full run below " + files.directory());
        }
    }
}
