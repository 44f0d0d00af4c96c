package dev.kloset.benchmarks.report;

import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Series;
import java.util.ArrayList;
import java.util.List;

/** Results as text for a terminal. */
public final class Printed {

    private Printed() {}

    public static String of(List<Measured> measured) {
        List<String> lines = new ArrayList<>();
        for (Measured job : measured) {
            for (Comparison comparison : Comparison.of(job.results())) {
                lines.add("");
                lines.add(comparison.title());
                comparison.table(Series::shortCell).text().forEach(line -> lines.add("  " + line));
            }
        }
        lines.add("");
        lines.add("Medians, and how far from them the middle half of the runs lies.");
        measured.stream()
                .map(job -> job.run().missing())
                .filter(text -> !text.isEmpty())
                .distinct()
                .forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }
}
