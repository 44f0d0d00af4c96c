package dev.kloset.wire.store;

import dev.kloset.StoreHints;

/** The bits of storage flags. Hosts and plugins of v1.1.0 do not know the field and skip it. */
final class Hints {

    private static final int HOT = 1;

    private Hints() {}

    static int bits(StoreHints hints) {
        return hints.hot() ? HOT : 0;
    }

    /** {@return the hints that this version knows} Go treats the enum as a bit mask, so other bits may be set too. */
    static StoreHints of(int bits) {
        return (bits & HOT) != 0 ? new StoreHints(true) : StoreHints.NONE;
    }
}
