package dev.kloset.benchmarks;

/** Where a target lies. */
record Bound(boolean least, double value, String unit) {

    /** A ratio that is to be reached or exceeded. */
    static Bound atLeast(double ratio) {
        return new Bound(true, ratio, "times");
    }

    /** A ratio that is not to be exceeded. */
    static Bound atMost(double ratio) {
        return new Bound(false, ratio, "times");
    }

    boolean holds(double reached) {
        return least ? reached >= value : reached <= value;
    }

    @Override
    public String toString() {
        return (least ? "at least " : "at most ") + number(value) + " " + unit;
    }

    /** {@return whether that is reached, and if not, how far it is away} */
    String verdict(double reached) {
        return holds(reached) ? "yes" : String.format("no, by %.0f%%", 100 * Math.abs(reached / value - 1));
    }

    String number(double value) {
        return String.format(value >= 10 ? "%.0f" : "%.2f", value);
    }
}
