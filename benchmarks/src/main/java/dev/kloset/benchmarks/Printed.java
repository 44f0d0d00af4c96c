package dev.kloset.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Results as somebody reads them in a terminal. */
final class Printed {

    private Printed() {}

    static String of(List<Measured> measured) {
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
