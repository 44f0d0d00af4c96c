package dev.kloset.benchmarks.report;

import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All candidates at one task: a row for each, and below them the comparison of ours with the others. */
final class Comparison {

    private static final List<String> OURS = List.of("files", "kafka");
    private static final List<String> OTHERS = List.of("Go SDK", "inside Plakar", "Hello World, same JVM",
            "three bare consumers", "MirrorMaker 2", "Kafka's producer-perf-test");

    private final String title;
    private final Map<String, Map<String, Series>> rows = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    private Comparison(String title) {
        this.title = title;
    }

    /** {@return the results grouped by task, in their order} */
    static List<Comparison> of(List<Result> results) {
        Map<String, Comparison> all = new LinkedHashMap<>();
        for (Result result : results) {
            Comparison comparison = all.computeIfAbsent(result.job(), Comparison::new);
            comparison.columns.add(result.what());
            comparison.rows.computeIfAbsent(result.candidate(), key -> new LinkedHashMap<>())
                    .put(result.what(), result.series());
        }
        return List.copyOf(all.values());
    }

    String title() {
        return title;
    }

    /** {@return the figure, or null if it was not measured} */
    @Nullable
    Double median(String candidate, String what) {
        Series series = rows.getOrDefault(candidate, Map.of()).get(what);
        return series == null ? null : series.median();
    }

    /** {@return one candidate's figure divided by another's, or null if one of them was not measured} */
    @Nullable
    Double ratio(String candidate, String other, String what) {
        Double ours = median(candidate, what);
        Double theirs = median(other, what);
        return ours == null || theirs == null || theirs == 0 ? null : ours / theirs;
    }

    Table table(Function<Series, String> cell) {
        List<List<String>> lines = new ArrayList<>();
        rows.forEach((who, row) -> lines.add(line(who, column -> {
            Series series = row.get(column);
            return series == null ? "" : cell.apply(series);
        })));
        rows.keySet().forEach(who -> OTHERS.forEach(other -> compare(who, other, lines)));
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(columns);
        return new Table(header, lines);
    }

    private void compare(String who, String otherName, List<List<String>> lines) {
        OURS.stream()
                .filter(who::startsWith)
                .forEach(ours -> compare(who, who.substring(ours.length()), otherName, lines));
    }

    private void compare(String who, String rest, String otherName, List<List<String>> lines) {
        String other = rows.containsKey(otherName + rest) ? otherName + rest : otherName;
        if (rows.containsKey(other)) {
            lines.add(line(who + " / " + other, column -> {
                Double ratio = ratio(who, other, column);
                return ratio == null ? "" : String.format("%.2f", ratio);
            }));
        }
    }

    private List<String> line(String name, Function<String, String> cell) {
        List<String> line = new ArrayList<>(List.of(name));
        columns.forEach(column -> line.add(cell.apply(column)));
        return line;
    }
}
