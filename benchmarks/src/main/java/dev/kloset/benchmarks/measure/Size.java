package dev.kloset.benchmarks.measure;

import java.util.Locale;

/** How much to measure. */
public enum Size {

    /** Shows that everything works. Takes seconds; the figures mean nothing. */
    SMOKE,
    /** Takes less than five minutes. */
    QUICK,
    FULL;

    public static Size of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the option that selects this size} */
    public String option() {
        return this == FULL ? "" : " --" + word();
    }

    /** {@return the number for this size} */
    public int choose(int smoke, int quick, int full) {
        return switch (this) {
            case SMOKE -> smoke;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
