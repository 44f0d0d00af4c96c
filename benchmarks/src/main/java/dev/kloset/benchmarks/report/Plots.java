package dev.kloset.benchmarks.report;

import dev.kloset.benchmarks.job.GrowthJob;
import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** Makes the plots of some results: how {@code files} compares with the plugin of the Go SDK, and how cost grows with the work. */
public final class Plots {

    private static final String OURS = "files";
    private static final String GO = "Go SDK";
    private static final String UPSTREAM = ", driven by grpc-go";

    private final List<Comparison> all;
    private final List<Result> growth;
    private final Set<String> drivenByUpstream;

    private Plots(List<Measured> measured) {
        this.all = measured.stream().flatMap(job -> Comparison.of(job.results()).stream()).toList();
        this.growth = measured.stream()
                .filter(job -> job.job().equals(GrowthJob.JOB))
                .flatMap(job -> job.results().stream())
                .toList();
        this.drivenByUpstream = all.stream()
                .map(Comparison::title)
                .filter(title -> title.endsWith(UPSTREAM))
                .map(title -> title.substring(0, title.length() - UPSTREAM.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    public static List<Plot> of(List<Measured> measured) {
        Plots plots = new Plots(measured);
        List<Plot> drawn = new ArrayList<>();
        plots.bars(drawn, "speed.svg", "Speed: files / Go SDK",
                "Above 1, files is faster. Given by grpc-go where that was measured, else by our host or by Plakar.",
                Map.of("MiB/s", ratio -> ratio, "records/s", ratio -> ratio, "objects/s", ratio -> ratio, "s",
                        ratio -> 1 / ratio));
        plots.bars(drawn, "processor.svg", "Processor time: Go SDK / files",
                "Above 1, files needs less. The plugin's own; with Plakar that of all processes together.",
                Map.of("processor s per GB", ratio -> 1 / ratio, "processor µs for each", ratio -> 1 / ratio,
                        "processor s of all", ratio -> 1 / ratio));
        plots.growth(drawn, "growth-records.svg", "Listing", GrowthJob.LIST, "processor µs for each", "records");
        plots.growth(drawn, "growth-content.svg", "Reading one file", GrowthJob.READ, "processor s per GB", "GiB");
        return drawn;
    }

    private void bars(List<Plot> drawn, String file, String title, String explanation,
            Map<String, DoubleUnaryOperator> columns) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Comparison comparison : all) {
            if (!drivenByUpstream.contains(comparison.title())) {
                columns.forEach((column, better) -> {
                    Double ratio = comparison.ratio(OURS, GO, column);
                    if (ratio != null && ratio > 0) {
                        bars.add(new BarChart.Bar(comparison.title().replace(UPSTREAM, ""),
                                better.applyAsDouble(ratio)));
                    }
                });
            }
        }
        if (!bars.isEmpty()) {
            drawn.add(new Plot(title, file, BarChart.draw(title, explanation, bars)));
        }
    }

    private void growth(List<Plot> drawn, String file, String what, String curve, String cost, String sizes) {
        Map<String, NavigableMap<Double, Double>> costs = curves(curve, cost);
        Map<String, NavigableMap<Double, Double>> peaks = curves(curve, "peak MiB");
        if (!costs.isEmpty() && !peaks.isEmpty()) {
            drawn.add(new Plot(what + ": how processor time and memory grow", file,
                    LineChart.draw(List.of(
                            new LineChart.Panel(what + ": " + cost.replace("for each", "per record"), sizes, costs),
                            new LineChart.Panel(what + ": peak resident memory, MiB", sizes, peaks)))));
        }
    }

    private Map<String, NavigableMap<Double, Double>> curves(String curve, String column) {
        Map<String, NavigableMap<Double, Double>> curves = new LinkedHashMap<>();
        for (String who : List.of(OURS, GO)) {
            for (Result result : growth) {
                if (result.curve().equals(curve) && result.candidate().equals(who) && result.what().equals(column)) {
                    curves.computeIfAbsent(who, key -> new TreeMap<>()).put(result.size(), result.series().median());
                }
            }
        }
        return curves;
    }
}
