package dev.kloset.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page in the documentation: targets, plots, what people found out, and a table for everything that was measured. */
final class Page {

    private static final List<String> PREFACE = List.of(
            "Everybody does the same work in turn, by a fresh process each time, so that what the machine does meanwhile "
                    + "hits all of them. Each",
            "cell is the median, and between which values the middle half lies. Work is given by our host, or by "
                    + "upstream's with grpc-go where that is said;",
            "processor time and memory are those of the plugin's process alone. Files come from the page cache.",
            "",
            "- `files` is the installed package with its own Java. It syncs what it restores and stores.",
            "- `files, nothing synced` is the same with the system calls for syncing switched off from outside (a seccomp "
                    + "filter): `files` has no such option.",
            "- `Go SDK` is upstream's fs connector as a plugin of the Go SDK. It never syncs, neither in its store nor in "
                    + "a restore.",
            "- `inside Plakar` is that connector in Plakar's own process, without a plugin.",
            "- `limit` is what the machine does without any plugin: the command that stands there.");

    private final List<String> lines = new ArrayList<>();

    private Page() {}

    /**
     * {@return the page}
     *
     * @param missing the jobs without results
     * @param plots below which the plots are found, as a link
     * @param notes what was found out, by hand: a document of its own, of which each heading becomes one lower
     */
    static String of(List<Measured> measured, List<String> missing, List<Plot> plots, List<String> notes) {
        Page page = new Page();
        page.add("# Benchmarks", "", "Written by `benchmarks/run --page` from results; not to be edited. "
                + "What is below \"Findings\" comes from [a page written by hand](benchmarks-notes.md).", "");
        page.lines.addAll(PREFACE);
        if (!missing.isEmpty()) {
            page.add("", "Not measured here: " + String.join(", ", missing) + ".");
        }
        page.targets(measured);
        plots.forEach(page::plot);
        page.notes(notes);
        measured.forEach(page::job);
        return String.join("\n", page.lines) + "\n";
    }

    private void targets(List<Measured> measured) {
        Table targets = Targets.of(measured);
        if (!targets.rows().isEmpty()) {
            add("", "## Targets", "");
            lines.addAll(targets.markdown());
        }
    }

    private void plot(Plot plot) {
        add("", "![" + plot.title() + "](benchmarks/" + plot.file() + ")");
    }

    private void notes(List<String> notes) {
        if (!notes.isEmpty()) {
            add("");
            notes.forEach(line -> add(line.startsWith("#") ? "#" + line : line));
        }
    }

    private void job(Measured measured) {
        add("", "## " + capital(measured.job()), "", measured.run().sentence());
        for (Comparison comparison : Comparison.of(measured.results())) {
            add("", "### " + capital(comparison.title()), "");
            lines.addAll(comparison.table(Series::cell).markdown());
        }
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}
