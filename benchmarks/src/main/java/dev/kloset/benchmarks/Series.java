package dev.kloset.benchmarks;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The same thing measured several times.
 *
 * @param values in the order of their size
 */
record Series(List<Double> values) {

    Series {
        values = values.stream().sorted().toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    static Series of(double... values) {
        return new Series(DoubleStream.of(values).boxed().toList());
    }

    double median() {
        return quantile(0.5);
    }

    /** {@return what is written into a table: the median, and between what the middle half of the values lies} */
    String cell(String format) {
        return String.format("%s (%s to %s)", String.format(format, median()), String.format(format, quantile(0.25)),
                String.format(format, quantile(0.75)));
    }

    private double quantile(double share) {
        double place = share * (values.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.size() - 1);
        return values.get(below) + (place - below) * (values.get(above) - values.get(below));
    }
}
