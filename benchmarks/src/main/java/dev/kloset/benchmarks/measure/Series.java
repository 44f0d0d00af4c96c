package dev.kloset.benchmarks.measure;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The same quantity, measured several times.
 *
 * @param values the values in ascending order
 */
public record Series(List<Double> values) {

    public Series {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    public static Series of(double... values) {
        return new Series(DoubleStream.of(values).boxed().toList());
    }

    public double median() {
        return quantile(0.5);
    }

    /** {@return the text of a table cell: the median, and the limits of the middle half of the values} */
    public String cell() {
        return values.size() == 1
                ? number(median())
                : number(median()) + " (" + number(quantile(0.25)) + " to " + number(quantile(0.75)) + ")";
    }

    /** {@return the printed text: the median, and how far from it the middle half of the values reaches} */
    public String shortCell() {
        double away = Math.max(quantile(0.75) - median(), median() - quantile(0.25));
        return number(median())
                + (values.size() == 1 || median() == 0 ? "" : String.format(" ±%2.0f%%", 100 * away / median()));
    }

    private String number(double value) {
        double median = median();
        return String.format(median >= 1000 ? "%,.0f" : median >= 10 ? "%.1f" : "%.2f", value);
    }

    private double quantile(double share) {
        double place = share * (values.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (place - below) * (values.get(above) - values.get(below));
    }
}
