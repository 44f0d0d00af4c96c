package dev.kloset.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pictures that results give: how {@code files} stands to the plugin of the Go SDK, and how cost grows with the work. */
final class Plots {

    private static final String OURS = "files";
    private static final String GO = "Go SDK";
    private static final String UPSTREAM = ", driven by grpc-go";

    private final List<Comparison> all;
    private final Set<String> drivenByUpstream;

    private Plots(List<Comparison> all) {
        this.all = all;
        this.drivenByUpstream = all.stream()
                .map(Comparison::title)
                .filter(title -> title.endsWith(UPSTREAM))
                .map(title -> title.substring(0, title.length() - UPSTREAM.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static List<Plot> of(List<Measured> measured) {
        Plots plots = new Plots(measured.stream().flatMap(job -> Comparison.of(job.results()).stream()).toList());
        List<Plot> drawn = new ArrayList<>();
        plots.bars(drawn, "speed.svg", "Speed: files / Go SDK",
                "Above 1, files is faster. Given by grpc-go where that was measured, else by our host or by Plakar.",
                Map.of("MiB/s", ratio -> ratio, "records/s", ratio -> ratio, "objects/s", ratio -> ratio, "s",
                        ratio -> 1 / ratio));
        plots.bars(drawn, "processor.svg", "Processor time: Go SDK / files",
                "Above 1, files needs less. The plugin's own; with Plakar that of all processes together.",
                Map.of("processor s per GB", ratio -> 1 / ratio, "processor µs for each", ratio -> 1 / ratio,
                        "processor s of all", ratio -> 1 / ratio));
        plots.growth(drawn, "growth-records.svg", "Listing", "list ([\\d,]+) hard links.*", "processor µs for each",
                "records");
        plots.growth(drawn, "growth-content.svg", "Reading one file", "read a sparse file of ([\\d,]+) GiB.*",
                "processor s per GB", "GiB");
        return drawn;
    }

    private void bars(List<Plot> drawn, String file, String title, String explanation,
            Map<String, DoubleUnaryOperator> columns) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (Comparison comparison : all) {
            if (!drivenByUpstream.contains(comparison.title())) {
                columns.forEach((column, better) -> {
                    Double ratio = comparison.ratio(OURS, GO, column);
                    if (ratio != null && ratio > 0) {
                        bars.add(new Bars.Bar(comparison.title().replace(UPSTREAM, ""), better.applyAsDouble(ratio)));
                    }
                });
            }
        }
        if (!bars.isEmpty()) {
            drawn.add(new Plot(title, file, Bars.draw(title, explanation, bars)));
        }
    }

    private void growth(List<Plot> drawn, String file, String what, String title, String cost, String sizes) {
        Map<String, NavigableMap<Double, Double>> costs = curves(title, cost);
        Map<String, NavigableMap<Double, Double>> peaks = curves(title, "peak MiB");
        if (!costs.isEmpty() && !peaks.isEmpty()) {
            drawn.add(new Plot(what + ": how processor time and memory grow", file,
                    Curves.draw(List.of(
                            new Curves.Panel(what + ": " + cost.replace("for each", "per record"), sizes, costs),
                            new Curves.Panel(what + ": peak resident memory, MiB", sizes, peaks)))));
        }
    }

    private Map<String, NavigableMap<Double, Double>> curves(String title, String column) {
        Map<String, NavigableMap<Double, Double>> curves = new LinkedHashMap<>();
        Pattern pattern = Pattern.compile(title);
        for (Comparison comparison : all) {
            Matcher matcher = pattern.matcher(comparison.title());
            if (matcher.matches() && !drivenByUpstream.contains(comparison.title())) {
                double size = Double.parseDouble(matcher.group(1).replace(",", ""));
                for (String who : List.of(OURS, GO)) {
                    Double median = comparison.median(who, column);
                    if (median != null) {
                        curves.computeIfAbsent(who, key -> new TreeMap<>()).put(size, median);
                    }
                }
            }
        }
        return curves;
    }
}
