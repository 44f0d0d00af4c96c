package dev.kloset.benchmarks.report;

/** The limit that a target sets. */
record Threshold(boolean least, double value, String unit) {

    /** {@return a threshold that the ratio must reach or exceed} */
    static Threshold atLeast(double ratio) {
        return new Threshold(true, ratio, "times");
    }

    /** {@return a threshold that the ratio must not exceed} */
    static Threshold atMost(double ratio) {
        return new Threshold(false, ratio, "times");
    }

    boolean holds(double reached) {
        return least ? reached >= value : reached <= value;
    }

    @Override
    public String toString() {
        return (least ? "at least " : "at most ") + number(value) + " " + unit;
    }

    /** {@return whether {@code reached} meets the target, and if not, how far away it is} */
    String verdict(double reached) {
        return holds(reached) ? "yes" : String.format("no, by %.0f%%", 100 * Math.abs(reached / value - 1));
    }

    String number(double value) {
        return String.format(value >= 10 ? "%.0f" : "%.2f", value);
    }
}
