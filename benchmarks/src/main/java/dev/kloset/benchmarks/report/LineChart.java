package dev.kloset.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Draws how a quantity grows, from left to right: a curve for each candidate, sizes in powers of ten, values from zero. */
final class LineChart {

    private static final int PANEL = 480;
    private static final int HEIGHT = 330;
    private static final int LEFT = 66;
    private static final int RIGHT = 26;
    private static final int TOP = 84;
    private static final int BOTTOM = 56;

    private final Panel panel;
    private final Svg svg;
    private final double offset;
    private final double least;
    private final double most;
    private final double step;

    /**
     * One of several pictures side by side.
     *
     * @param title the title, with the unit of the values
     * @param sizes the label of the horizontal axis
     * @param curves the values of each candidate, by size
     */
    record Panel(String title, String sizes, Map<String, NavigableMap<Double, Double>> curves) {}

    private LineChart(Panel panel, Svg svg, double offset) {
        this.panel = panel;
        this.svg = svg;
        this.offset = offset;
        this.least = Collections.min(panel.curves().values().stream().map(NavigableMap::firstKey).toList());
        this.most = Collections.max(panel.curves().values().stream().map(NavigableMap::lastKey).toList());
        double highest = Collections
                .max(panel.curves().values().stream().flatMap(curve -> curve.values().stream()).toList());
        this.step = step(highest);
    }

    static String draw(List<Panel> panels) {
        Svg svg = new Svg(PANEL * panels.size(), HEIGHT);
        for (int i = 0; i < panels.size(); i++) {
            LineChart curves = new LineChart(panels.get(i), svg, i * PANEL);
            curves.grid();
            curves.lines();
        }
        return svg.toString();
    }

    /** {@return a round number, five times which reaches {@code highest}} */
    private static double step(double highest) {
        double power = Math.pow(10, Math.floor(Math.log10(highest / 5)));
        for (double factor : new double[]{ 1, 2, 5 }) {
            if (factor * power * 5 >= highest) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private double x(double size) {
        double share = most > least ? Math.log(size / least) / Math.log(most / least) : 0.5;
        return offset + LEFT + share * (PANEL - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / (5 * step) * (HEIGHT - TOP - BOTTOM);
    }

    private void grid() {
        svg.text("title", offset + 16, 26, Svg.Anchor.START, panel.title());
        for (int i = 0; i <= 5; i++) {
            svg.line(i == 0 ? "axis" : "grid", offset + LEFT, y(i * step), offset + PANEL - RIGHT, y(i * step))
                    .text("small", offset + LEFT - 8, y(i * step) + 4, Svg.Anchor.END, number(i * step));
        }
        for (double size = least; size <= most * 1.001; size *= 10) {
            svg.line("grid", x(size), TOP, x(size), HEIGHT - BOTTOM)
                    .text("small", x(size), HEIGHT - BOTTOM + 18, Svg.Anchor.MIDDLE, number(size));
        }
        svg.text("small", offset + (LEFT + PANEL - RIGHT) / 2.0, HEIGHT - 14, Svg.Anchor.MIDDLE, panel.sizes());
    }

    private String number(double value) {
        return value >= 1e6
                ? String.format("%,.0f M", value / 1e6)
                : value >= 10 || value == 0 || value == Math.rint(value)
                        ? String.format("%,.0f", value)
                        : String.format("%.1f", value);
    }

    private void lines() {
        double legend = offset + LEFT;
        for (Map.Entry<String, NavigableMap<Double, Double>> curve : panel.curves().entrySet()) {
            String style = curve.getKey().equals("files") ? "ours" : "theirs";
            svg.dot(style, legend, 52).text("", legend + 10, 56, Svg.Anchor.START, curve.getKey());
            legend += 40 + 8 * curve.getKey().length();
            Map.Entry<Double, Double> last = null;
            for (Map.Entry<Double, Double> point : curve.getValue().entrySet()) {
                svg.dot(style, x(point.getKey()), y(point.getValue()));
                if (last != null) {
                    svg.line(style + " line", x(last.getKey()), y(last.getValue()), x(point.getKey()),
                            y(point.getValue()));
                }
                last = point;
            }
        }
    }
}
