package dev.kloset.benchmarks.report;

import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The page in the documentation: targets, plots, notes, and a table of all that was measured. */
public final class Page {

    /** As much of a paragraph as fits into the 100 columns of our documents. */
    private static final Pattern LINE = Pattern.compile("(.{1,100})(?: |$)");

    private static final List<String> PREFACE = List.of(
            "All candidates do the same work in turn, each time in a fresh process, so that other load on the",
            "machine hits all of them. Each cell is the median, with the range of the middle half of the values.",
            "Our host drives the work, or upstream's with grpc-go where the row says so; processor time and",
            "memory are those of the plugin's process alone. Files come from the page cache.",
            "",
            "- `files` is the installed package with its own Java. It syncs what it restores and stores.",
            "- `files, nothing synced` is the same, but a seccomp filter turns off the system calls for syncing",
            "  from outside: `files` has no such option.",
            "- `Go SDK` is upstream's fs connector as a plugin of the Go SDK. It never syncs, neither in its",
            "  store nor in a restore.",
            "- `inside Plakar` is that connector in Plakar's own process, without a plugin.",
            "- `limit` is what the machine does without any plugin, with the command that the row names.");

    private final List<String> lines = new ArrayList<>();

    private Page() {}

    /**
     * {@return the page}
     *
     * @param missing the jobs without results
     * @param plots the plots, with links to their files
     * @param notes the lines of the handwritten notes, a document whose headings become one level lower
     */
    public static String of(List<Measured> measured, List<String> missing, List<Plot> plots, List<String> notes) {
        Page page = new Page();
        page.add("# Benchmarks", "",
                "Written by `benchmarks/run --page` from results; do not edit it. The part below \"Findings\"",
                "comes from [a page written by hand](benchmarks-notes.md).", "");
        page.lines.addAll(PREFACE);
        if (!missing.isEmpty()) {
            page.add("");
            page.paragraph("Not measured here: " + String.join(", ", missing) + ".");
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
        add("", "## " + capital(measured.job()), "");
        paragraph(measured.run().sentence());
        for (Comparison comparison : Comparison.of(measured.results())) {
            add("", "### " + capital(comparison.title()), "");
            lines.addAll(comparison.table(Series::cell).markdown());
        }
    }

    private void paragraph(String text) {
        LINE.matcher(text).results().map(line -> line.group(1)).forEach(lines::add);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }
}
