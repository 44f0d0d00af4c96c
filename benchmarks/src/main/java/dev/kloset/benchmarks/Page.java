package dev.kloset.benchmarks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results as tables of Markdown, a table for each job, a row for each contestant. */
final class Page {

    private final StringBuilder text = new StringBuilder();

    static String of(List<Result> results, List<String> preface) {
        Page page = new Page();
        page.line("# Benchmarks").line("");
        preface.forEach(page::line);
        Map<String, Map<String, Map<String, Series>>> jobs = new LinkedHashMap<>();
        for (Result result : results) {
            jobs.computeIfAbsent(result.job(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(result.contestant(), key -> new LinkedHashMap<>())
                    .put(result.what(), result.series());
        }
        jobs.forEach(page::table);
        return page.text.toString();
    }

    private void table(String job, Map<String, Map<String, Series>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        line("").line("## " + job.substring(0, 1).toUpperCase(Locale.ROOT) + job.substring(1)).line("");
        line("| | " + String.join(" | ", columns) + " |");
        line("|---|" + "---|".repeat(columns.size()));
        rows.forEach((who, row) -> line("| " + who + " | " + String.join(" | ", columns.stream()
                .map(column -> cell(row.get(column)))
                .toList()) + " |"));
    }

    private static String cell(@Nullable Series series) {
        if (series == null) {
            return "";
        }
        return series.cell(series.median() >= 1000 ? "%,.0f" : series.median() >= 10 ? "%.1f" : "%.2f");
    }

    private Page line(String line) {
        text.append(line).append('\n');
        return this;
    }
}
