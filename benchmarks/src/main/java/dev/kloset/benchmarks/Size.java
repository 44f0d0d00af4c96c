package dev.kloset.benchmarks;

import java.util.Locale;

/** How much is measured. */
enum Size {

    /** Whether everything works: seconds, and the figures mean nothing. */
    SMOKE,
    /** In less than five minutes. */
    QUICK,
    FULL;

    static Size of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the option that asks for it} */
    String option() {
        return this == FULL ? "" : " --" + word();
    }

    /** {@return the number for this size} */
    int choose(int smoke, int quick, int full) {
        return switch (this) {
            case SMOKE -> smoke;
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
