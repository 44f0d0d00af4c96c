package dev.kloset.benchmarks.report;

import java.util.Collections;
import java.util.List;

/** Draws ratios as bars that begin at one: to the right where the first of the two is ahead, to the left where it is behind. */
final class BarChart {

    private static final int WIDTH = 960;
    private static final int LABELS = 470;
    private static final int RIGHT = 70;
    private static final int TOP = 78;
    private static final int ROW = 24;

    private final List<Bar> bars;
    private final int left; // number of doublings to either side
    private final int right;
    private final Svg svg;

    /**
     * A bar.
     *
     * @param ratio more than one is better
     */
    record Bar(String label, double ratio) {}

    private BarChart(List<Bar> bars) {
        this.bars = bars;
        List<Double> doublings = bars.stream().map(bar -> doublings(bar.ratio())).toList();
        this.left = (int) Math.max(1, Math.ceil(-Collections.min(doublings)));
        this.right = (int) Math.max(1, Math.ceil(Collections.max(doublings)));
        this.svg = new Svg(WIDTH, TOP + bars.size() * ROW + 16);
    }

    /** {@return a picture of at least one bar} */
    static String draw(String title, String explanation, List<Bar> bars) {
        BarChart drawn = new BarChart(bars);
        drawn.svg.text("title", 16, 26, Svg.Anchor.START, title).text("small", 16, 46, Svg.Anchor.START, explanation);
        drawn.grid();
        for (int i = 0; i < bars.size(); i++) {
            drawn.bar(bars.get(i), TOP + i * ROW);
        }
        return drawn.svg.toString();
    }

    private static double doublings(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }

    private double x(double doublingsAway) {
        return LABELS + (WIDTH - LABELS - RIGHT) * (left + doublingsAway) / (left + right);
    }

    private void grid() {
        int bottom = TOP + bars.size() * ROW;
        int step = Math.max(1, (left + right) / 6);
        for (int i = -left / step * step; i <= right; i += step) {
            String tick = i < 0 ? "1/" + (1 << -i) : String.valueOf(1 << i);
            svg.line(i == 0 ? "axis" : "grid", x(i), TOP, x(i), bottom)
                    .text("small", x(i), TOP - 8, Svg.Anchor.MIDDLE, tick);
        }
    }

    private void bar(Bar bar, double top) {
        double from = x(Math.min(0, doublings(bar.ratio())));
        double to = x(Math.max(0, doublings(bar.ratio())));
        boolean ahead = bar.ratio() >= 1;
        svg.text("", LABELS - 50, top + 17, Svg.Anchor.END, bar.label())
                .rectangle(ahead ? "ours" : "theirs", from, top + 5, Math.max(1, to - from), ROW - 8)
                .text("small", ahead ? to + 6 : from - 6, top + 17, ahead ? Svg.Anchor.START : Svg.Anchor.END,
                        String.format("%.2f", bar.ratio()));
    }
}
